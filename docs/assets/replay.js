/* Plays recorded runs back: the lines that lanes are on, the output, the locks, and a playhead on the timeline.
 *
 * A page has one element of class live-replay for each program. Its data is loaded when the replay is first used, as a
 * script, since a page that was opened from the disk may load nothing else; live/rendering/replay.py says what is in
 * it. Without this script the page shows code, output and timeline; so all controls are made here. Words come from the
 * page, in its language. */
"use strict";
(() => {
  const words = JSON.parse(document.currentScript.dataset.words);
  const STATES = ["runs", "hot", "ready", "sleeps", "waits", "parked"]; // as in live/replay/spans.py, most lively first
  const STEP = 700; // milliseconds that each event is shown for, one at a time
  const SHORTEST = 6000, LONGEST = 20000, PER_MOMENT = 40; // milliseconds that a run is shown for at normal speed
  const SPEEDS = { normal: 1, slow: 0.25, steps: 0 };
  const NARROW = 600; // pixels of code below which lanes have short names
  const MOST_NAMES = 6; // of lanes side by side
  const MOST_NAMES_NARROW = 4; // of those on a line of code, on a phone, where they would cover it
  const ICONS = {
    play: "M8 5v14l11-7z",
    pause: "M6 5h4v14H6zm8 0h4v14h-4z",
    back: "M6 5h2v14H6zm3.5 7L18 18V6z",
    forward: "M6 18l8.5-6L6 6zM16 5h2v14h-2z",
    link: "M3.9 12A3.1 3.1 0 0 1 7 8.9h4V7H7a5 5 0 0 0 0 10h4v-1.9H7A3.1 3.1 0 0 1 3.9 12M8 13h8v-2H8zm9-6h-4v1.9h4a3.1 3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10",
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const fill = (text, ...values) => text.replace(/\{(\d?)\}/g, (_, place) => values[Number(place)]);

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  }

  function icon(name) {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = picture.appendChild(document.createElementNS(picture.namespaceURI, "path"));
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    return picture;
  }

  function button(label, content, press) {
    const made = make("button", "", content);
    made.type = "button";
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", press);
    return made;
  }

  /** Index of the last item that is at most `value`, by `key`; -1 if there is none. */
  function lastUpTo(list, value, key = (item) => item) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key(list[middle]) <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Rows of `width` numbers, of which the first is a difference to that of the row before. */
  function rows(numbers, width) {
    const found = [];
    for (let index = 0, sum = 0; index < numbers.length; index += width) {
      sum += numbers[index];
      found.push([sum, ...numbers.slice(index + 1, index + width)]);
    }
    return found;
  }

  /** A recorded run. Times are microseconds, moments are places in the list of times. */
  class Run {
    constructor(data) {
      this.times = rows(data.t, 1).map(([time]) => time);
      this.lanes = data.lanes.map(([name, short, kind, process], number) => ({ number, name, short, kind, process }));
      this.places = data.places.map(([state, file, line, what, thing, other]) => (
        { state, file, line, what, thing, other }
      ));
      this.things = data.things.map(([kind, name], number) => ({ kind, name, number }));
      this.files = data.files;
      this.shown = data.shown;
      this.left = data.left;
      this.changes = data.spans.map((numbers) => rows(numbers, 2));
      this.holds = data.holds.map((numbers) => rows(numbers, 3));
      this.printed = rows(data.printed, 2);
      this.handovers = data.handovers;
      this.scale = new Scale(rows(data.scale, 2).map(([time, tenths]) => [time, tenths / 10]));
    }

    get end() { return this.times.at(-1); }
    momentAt(time) { return Math.max(0, lastUpTo(this.times, time)); }

    /** What the lane is doing; undefined before its start and after its end. */
    at(lane, moment) {
      const change = this.changes[lane][lastUpTo(this.changes[lane], moment, ([first]) => first)];
      return change && this.places[change[1]];
    }

    /** Who holds the thing, and how deep; undefined if nobody does. */
    holder(thing, moment) {
      const hold = this.holds[thing][lastUpTo(this.holds[thing], moment, ([first]) => first)];
      return hold && hold[2] ? { lane: this.lanes[hold[1]], depth: hold[2] } : undefined;
    }

    /** All lanes that are there, with what they are doing. */
    present(moment) {
      return this.lanes.map((lane) => ({ lane, place: this.at(lane.number, moment) })).filter(({ place }) => place);
    }

    /** Who waits for a lock, in the order in which they came. */
    queue(thing, moment) {
      const came = ({ lane }) => lastUpTo(this.changes[lane.number], moment, ([first]) => first);
      return this.present(moment)
        .filter(({ place }) => place.state === "waits" && place.thing === thing)
        .sort((one, other) => this.changes[one.lane.number][came(one)][0] - this.changes[other.lane.number][came(other)][0])
        .map(({ lane }) => lane);
    }

    nameOf(thing) { return this.things[thing].name || words.kinds[this.things[thing].kind]; }

    /** What a lane does, in words without its name. */
    doing(place, moment) {
      if (place.state !== "waits") return words.states[place.state];
      const holder = place.thing !== null && this.holder(place.thing, moment);
      if (holder) return fill(words.waits_for_held_lock, this.nameOf(place.thing), holder.lane.name);
      const whom = place.other !== null ? this.lanes[place.other].name
        : place.thing !== null ? this.nameOf(place.thing) : words.kinds[place.what];
      const text = words.waits[place.what] || words.states.waits;
      return text.includes("{}") && !whom ? words.states.waits : fill(text, whom);
    }

    /** What changes at this moment, as sentences; `texts` are the parts of the output. */
    news(moment, texts) {
      const said = this.handovers.filter(([, , , at]) => at === moment).map(([kind, source, target, , thing]) => fill(
        words.handovers[kind], this.lanes[source].name, this.lanes[target].name, thing === null ? "" : this.nameOf(thing),
      ));
      this.printed.forEach(([at, lane], index) => {
        if (at === moment && lane >= 0 && texts[index]) said.push(fill(words.prints, this.lanes[lane].name, texts[index]));
      });
      for (const lane of this.lanes) {
        const change = this.changes[lane.number][lastUpTo(this.changes[lane.number], moment, ([first]) => first)];
        if (!change || change[0] !== moment) continue;
        const place = this.places[change[1]];
        if (!place) said.push(fill(words.ends, lane.name));
        else said.push(fill(words.lane_does, lane.name, this.doing(place, moment) + (place.line ? this.where(place) : "")));
      }
      return said.slice(0, 4).join(words.stop) || words.nothing;
    }

    where(place) {
      const line = place.file === this.shown ? fill(words.line, place.line)
        : fill(words.line_of, this.files[place.file].split("/").pop(), place.line);
      return fill(words.in_place, line);
    }
  }

  /** Microseconds to units of a picture and back, along the line through the given points. */
  class Scale {
    constructor(points) {
      this.points = points;
    }

    get width() { return this.points.at(-1)[1] - this.points[0][1]; }
    x(time) { return this.along(time, 0, 1); }
    time(x) { return this.along(x, 1, 0); }

    along(value, from, to) {
      const points = this.points;
      const index = Math.min(Math.max(lastUpTo(points, value, (point) => point[from]), 0), points.length - 2);
      const [before, after] = [points[index], points[index + 1]];
      const part = (value - before[from]) / (after[from] - before[from] || 1);
      return before[to] + Math.min(Math.max(part, 0), 1) * (after[to] - before[to]);
    }
  }

  const arrived = new Map(); // data by the address of its script
  window.liveReplay = (data) => arrived.set(document.currentScript.src, data);

  function load(address) {
    return new Promise((resolve, reject) => {
      const script = make("script");
      script.src = address;
      script.onload = () => (arrived.has(script.src) ? resolve(new Run(arrived.get(script.src))) : reject());
      script.onerror = reject;
      document.head.append(script);
    });
  }

  /** Names of lanes side by side, each in its colour. */
  function chips(lanes, narrow, most = MOST_NAMES) {
    const shown = lanes.length > most ? most - 1 : most;
    const short = narrow || lanes.length > 3;
    const made = lanes.slice(0, shown).map((lane) => {
      const chip = make("span", `live-chip live-lane-color-${lane.number % 8}`, short ? lane.short : lane.name);
      chip.title = lane.name;
      return chip;
    });
    if (lanes.length > shown) made.push(make("span", "live-more", fill(words.and_more, lanes.length - shown)));
    return made;
  }

  /** Shows on the code which lanes are on which line: a layer above it, so that the code itself is never touched. */
  class Lines {
    constructor(program) {
      this.box = program.querySelector(".highlight pre");
      this.code = this.box.querySelector("code");
      this.layer = make("div", "live-layer");
      this.layer.setAttribute("aria-hidden", "true");
      this.lines = new Map();
      const before = Number(program.style.getPropertyValue("--live-before"));
      this.code.querySelectorAll(":scope > span").forEach((line, index) => this.lines.set(before + index + 1, line));
      this.box.append(this.layer);
    }

    has(line) { return this.lines.has(line); }
    get narrow() { return this.box.clientWidth < NARROW; }

    show(run, moment) {
      const here = new Map();
      for (const { lane, place } of run.present(moment)) {
        if (place.file !== run.shown || !this.lines.has(place.line)) continue;
        if (!here.has(place.line)) here.set(place.line, []);
        here.get(place.line).push({ lane, state: place.state });
      }
      this.layer.replaceChildren(...[...here].map(([line, lanes]) => this.row(line, lanes)));
    }

    row(line, lanes) {
      lanes.sort((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state));
      const box = this.lines.get(line).getBoundingClientRect(), top = this.box.getBoundingClientRect().top;
      const tags = STATES.map((state) => [state, lanes.filter((one) => one.state === state).map(({ lane }) => lane)])
        .filter(([, those]) => those.length)
        .map(([state, those]) => make(
          "span", `live-tag live-is-${state}`, ...chips(those, this.narrow || lanes.length > 2, this.narrow ? MOST_NAMES_NARROW : MOST_NAMES),
          words.states[state],
        ));
      const row = make("div", `live-at live-is-${lanes[0].state} live-lane-color-${lanes[0].lane.number % 8}`, ...tags);
      row.dataset.line = line;
      row.dataset.lanes = lanes.map(({ lane }) => lane.number).join(" ");
      row.style.top = `${box.top - top}px`;
      row.style.height = `${box.height}px`;
      return row;
    }
  }

  /** Hides what is not printed yet, and leaves it its place. */
  class Output {
    constructor(program) {
      this.box = program.querySelector(".live-output");
      this.parts = [...this.box.querySelectorAll(".live-part")];
      this.first = new Map(); // the gutter comes and goes with the first part of its line
      for (const line of this.box.querySelectorAll(".live-line")) {
        this.first.set(line.querySelector(".live-part"), line.querySelector(".live-who"));
      }
    }

    get texts() { return this.parts.map((part) => part.textContent.trim().slice(0, 60)); }

    show(run, moment) {
      let newest;
      run.printed.forEach(([at], index) => {
        const part = this.parts[index], hidden = at > moment;
        if (!part) return;
        if (part.classList.toggle("live-unprinted", hidden) === false) newest = part;
        this.first.get(part)?.classList.toggle("live-unprinted", hidden);
      });
      this.follow(newest);
    }

    /** Scroll this box, never the page, to the line printed last. */
    follow(part) {
      if (!part || this.box.scrollHeight <= this.box.clientHeight) return;
      const line = part.getBoundingClientRect(), box = this.box.getBoundingClientRect();
      if (line.bottom > box.bottom || line.top < box.top) this.box.scrollTop += line.bottom - box.bottom + line.height;
    }
  }

  /** Who holds which lock, who queues for it, and who waits for what else; and lanes that are on no line shown. */
  class Panel {
    constructor() {
      this.list = make("ul", "live-panel");
      this.tallest = 0;
    }

    show(run, moment, lines) {
      const items = [...this.locks(run, moment, lines.narrow), ...this.others(run, moment, lines)];
      if (run.left) items.push(make("li", "live-quiet", fill(words.left, run.left)));
      this.list.replaceChildren(...items);
      this.tallest = Math.max(this.tallest, this.list.offsetHeight); // what is below it must not jump up and down
      this.list.style.minHeight = `${this.tallest}px`;
    }

    locks(run, moment, narrow) {
      const matters = ({ number }) => {
        const holds = run.holds[number], inTime = holds.length && holds[0][0] <= moment && moment <= holds.at(-1)[0];
        return inTime || (holds.length && run.queue(number, moment).length);
      };
      const locks = run.things.filter(matters);
      return locks.map((thing) => {
        const holder = run.holder(thing.number, moment), queue = run.queue(thing.number, moment);
        if (locks.length > 4 && !holder && !queue.length) return "";
        const item = make("li", "live-lock", make("b", "", thing.name || words.kinds[thing.kind]), " ");
        item.dataset.thing = thing.number;
        if (!holder) item.append(make("span", "live-quiet", words.free));
        else {
          item.append(make("span", "live-quiet", words.held), " ", ...chips([holder.lane], narrow));
          item.dataset.holder = holder.lane.number;
          item.dataset.depth = holder.depth;
          if (holder.depth > 1) item.append(` ×${holder.depth}`);
        }
        if (queue.length) item.append(" ", make("span", "live-quiet", words.queue), " ", ...chips(queue, narrow));
        item.dataset.queue = queue.map((lane) => lane.number).join(" ");
        return item;
      }).filter(Boolean);
    }

    others(run, moment, lines) {
      const groups = new Map();
      for (const { lane, place } of run.present(moment)) {
        const elsewhere = place.line !== null && (place.file !== run.shown || !lines.has(place.line));
        const queues = place.thing !== null && run.holds[place.thing].length; // which is shown with the lock
        const waits = place.state === "waits" && !queues;
        if (!elsewhere && !waits) continue;
        const text = run.doing(place, moment) + (elsewhere ? run.where(place) : "");
        groups.set(text, [...(groups.get(text) || []), lane]);
      }
      return [...groups].map(([text, lanes]) => make("li", "", ...chips(lanes, lines.narrow), " ", text));
    }
  }

  /** The timeline's picture: shows the playhead, and is dragged over. */
  class Picture {
    constructor(picture, move) {
      this.picture = picture;
      this.head = document.createElementNS(picture.namespaceURI, "line");
      const { y, height } = picture.viewBox.baseVal;
      this.head.setAttribute("class", "live-playhead");
      this.head.setAttribute("y1", y);
      this.head.setAttribute("y2", y + height);
      picture.classList.add("live-draggable");
      const drag = (event) => move(this.under(event));
      picture.addEventListener("pointerdown", (event) => {
        if (event.button) return;
        picture.setPointerCapture(event.pointerId);
        event.preventDefault();
        drag(event);
      });
      picture.addEventListener("pointermove", (event) => picture.hasPointerCapture(event.pointerId) && drag(event));
    }

    under(event) {
      return new DOMPoint(event.clientX, event.clientY).matrixTransform(this.picture.getScreenCTM().inverse()).x;
    }

    show(x) {
      this.head.setAttribute("x1", x);
      this.head.setAttribute("x2", x);
      if (!this.head.isConnected) this.picture.append(this.head);
      const box = this.picture.parentElement, matrix = this.picture.getScreenCTM();
      if (box.scrollWidth <= box.clientWidth || !matrix) return;
      const left = new DOMPoint(x, 0).matrixTransform(matrix).x - box.getBoundingClientRect().left;
      if (left < 0.2 * box.clientWidth || left > 0.8 * box.clientWidth) box.scrollLeft += left - 0.5 * box.clientWidth;
    }
  }

  /** One replay with its controls. */
  class Player {
    constructor(root) {
      this.root = root;
      this.program = root.closest(".live-program");
      this.pictures = [...root.querySelectorAll(".live-timeline-picture")]
        .map((picture) => new Picture(picture, (x) => this.use(() => this.move(this.scale.time(x)))));
      this.time = 0;
      this.speed = "normal";
      this.build();
    }

    build() {
      this.toggle = button(words.play, icon("play"), () => this.use(() => this.playing ? this.pause() : this.play()));
      this.toggle.classList.add("live-toggle");
      const back = button(words.back, icon("back"), () => this.use(() => this.step(-1)));
      const forward = button(words.forward, icon("forward"), () => this.use(() => this.step(1)));
      const link = button(words.link, icon("link"), () => this.use(() => this.copyLink()));
      this.speeds = Object.keys(SPEEDS).map((speed) => {
        const made = button(words[`${speed}_hint`], words[speed], () => this.setSpeed(speed));
        made.dataset.speed = speed;
        return made;
      });
      const speeds = make("span", "live-speeds", ...this.speeds);
      speeds.setAttribute("role", "group");
      speeds.setAttribute("aria-label", words.speed);
      this.slider = make("input");
      Object.assign(this.slider, { type: "range", min: 0, max: 1000, step: "any", value: 0 });
      this.slider.setAttribute("aria-label", words.position);
      this.slider.addEventListener("input", () => this.use(() => this.move(this.fromSlider())));
      this.clock = make("span", "live-clock");
      this.now = make("p", "live-now");
      this.now.setAttribute("role", "status");
      this.panel = new Panel();
      // Its place is in the page: to make it would have the browser look anew at all that is beside it.
      this.dock = this.root.querySelector(".live-dock");
      this.dock.append(
        make("div", "live-controls", back, this.toggle, forward, this.slider, this.clock, speeds, link),
        this.now, this.panel.list,
      );
      this.dock.tabIndex = 0;
      this.dock.setAttribute("role", "group");
      this.dock.setAttribute("aria-label", fill(words.replay, this.root.dataset.title));
      this.dock.addEventListener("keydown", (event) => this.key(event));
      this.setSpeed("normal");
    }

    /** Load the data at first use, then act. */
    async use(act) {
      try {
        this.loading ??= load(this.root.dataset.replay);
        this.run ??= await this.loading;
      } catch {
        this.loading = undefined; // the next use tries again
        this.now.textContent = words.broken;
        return;
      }
      if (!this.lines) this.begin();
      act();
    }

    begin() {
      this.scale = this.run.scale;
      this.lines = new Lines(this.program);
      this.output = new Output(this.program);
      this.texts = this.output.texts;
      this.program.classList.add("live-used");
      document.body.classList.add("live-replaying");
      new ResizeObserver(() => this.show(true)).observe(this.lines.box);
    }

    get moment() { return this.run.momentAt(this.time); }

    /** Milliseconds for the whole run at normal speed. */
    get length() { return Math.min(LONGEST, Math.max(SHORTEST, this.run.times.length * PER_MOMENT)); }

    fromSlider() { return this.scale.time(this.scale.points[0][1] + this.scale.width * this.slider.value / 1000); }

    setSpeed(speed) {
      this.speed = speed;
      for (const each of this.speeds) each.setAttribute("aria-pressed", String(each.dataset.speed === speed));
    }

    play() {
      if (this.time >= this.run.end) this.time = 0;
      this.setPlaying(true);
      this.frame = requestAnimationFrame((start) => this.advance(start, start));
      this.show(true);
    }

    pause() {
      cancelAnimationFrame(this.frame);
      this.setPlaying(false);
      this.show(true);
    }

    setPlaying(playing) {
      this.playing = playing;
      const label = playing ? words.pause : words.play;
      this.toggle.replaceChildren(icon(playing ? "pause" : "play"));
      this.toggle.title = label;
      this.toggle.setAttribute("aria-label", label);
    }

    /** Called for each frame. Idle stretches are short on the scale, so moving along it evenly does not bore. */
    advance(before, now) {
      if (SPEEDS[this.speed] && !(still.matches && now - before < STEP / 4)) {
        const x = this.scale.x(this.time) + this.scale.width * SPEEDS[this.speed] * (now - before) / this.length;
        this.time = this.next(x);
        before = now;
      } else if (!SPEEDS[this.speed] && now - before >= STEP) {
        this.time = this.run.times[this.moment + 1] ?? this.run.end;
        before = now;
      }
      if (this.time >= this.run.end) {
        this.time = this.run.end;
        return this.pause();
      }
      this.show();
      this.frame = requestAnimationFrame((later) => this.advance(before, later));
    }

    /** The time at that place of the scale; with reduced motion that of a whole event, the next one at least. */
    next(x) {
      const time = x >= this.scale.x(this.run.end) ? this.run.end : this.scale.time(x);
      if (!still.matches) return time;
      return this.run.times[Math.max(this.run.momentAt(time), this.moment + 1)] ?? this.run.end;
    }

    /** Go to a time and stay there. */
    move(time) {
      this.time = Math.min(Math.max(time, 0), this.run.end);
      this.pause();
    }

    step(by) {
      const inside = by < 0 && this.time > this.run.times[this.moment]; // first back to where this moment began
      this.move(this.run.times[this.moment + (inside ? 0 : by)] ?? (by < 0 ? 0 : this.run.end));
    }

    show(anew = false) {
      const { run, moment, time } = this;
      this.root.dataset.at = (time / 1000).toFixed(3); // for whoever wants to come back to this moment
      for (const picture of this.pictures) picture.show(this.scale.x(time));
      this.slider.value = 1000 * (this.scale.x(time) - this.scale.points[0][1]) / this.scale.width;
      const clock = fill(words.seconds, (time / 1e6).toFixed(3));
      this.slider.setAttribute("aria-valuetext", clock);
      this.clock.textContent = `${clock} / ${fill(words.seconds, (run.end / 1e6).toFixed(2))}`;
      if (!anew && moment === this.shownMoment) return;
      this.shownMoment = moment;
      this.lines.show(run, moment);
      this.output.show(run, moment);
      this.panel.show(run, moment, this.lines);
      const news = this.playing ? "" : run.news(moment, this.texts); // too much to read, or to hear, while it plays
      if (this.now.textContent !== news) this.now.textContent = news;
    }

    key(event) {
      const keys = {
        " ": () => (this.playing ? this.pause() : this.play()),
        ArrowLeft: () => this.step(-1),
        ArrowRight: () => this.step(1),
        Home: () => this.move(0),
        End: () => this.move(this.run.end),
      };
      const presses = event.key === " " && event.target.closest("button");
      if (!keys[event.key] || presses || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.use(keys[event.key]);
    }

    copyLink() {
      const hash = `#${this.root.id}?t=${(this.time / 1000).toFixed(3)}`;
      history.replaceState(null, "", hash); // also where the clipboard cannot be written
      navigator.clipboard?.writeText(location.href).then(() => { this.now.textContent = words.copied; }, () => {});
    }
  }

  const players = new Map(
    [...document.querySelectorAll(".live-replay")].map((root) => [root.id, new Player(root)]),
  );

  /** A link to a moment, such as #replay-locks-hang?t=204.351, in milliseconds. */
  function follow() {
    const [, id, milliseconds] = /^#(.+)\?t=(\d+(?:\.\d+)?)$/.exec(location.hash) || [];
    const player = players.get(id);
    if (!player) return;
    player.program.scrollIntoView();
    player.use(() => player.move(1000 * milliseconds));
  }
  window.addEventListener("hashchange", follow);
  follow();
})();
