"""What the player says, in the languages of the pages. The script has no words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PlayerWords:
    """Labels. `{}`, or `{0}` and `{1}`, stand for names."""

    replay: str
    play: str
    pause: str
    back: str
    forward: str
    speed: str
    normal: str
    slow: str
    steps: str
    normal_hint: str
    slow_hint: str
    steps_hint: str
    position: str
    seconds: str
    link: str
    copied: str
    free: str
    held: str
    queue: str
    line: str
    line_of: str
    in_place: str
    lane_does: str
    waits_for_held_lock: str
    prints: str
    ends: str
    nothing: str
    broken: str
    left: str
    and_more: str
    comma: str
    stop: str
    states: Mapping[str, str]
    """By state, as in `live.replay.spans`, what a lane does."""
    waits: Mapping[str, str]
    """By what is waited for, as in `Span.what`, what a lane does; `{}` is the other lane or the thing."""
    kinds: Mapping[str, str]
    """By kind, what a thing is called that has no name."""
    handovers: Mapping[str, str]
    """By kind of hand-over: `{0}` lets `{1}` go on, `{2}` is the thing."""


PLAYER_WORDS = {
    "en": PlayerWords(
        replay="Replay of {}",
        play="Play",
        pause="Pause",
        back="One step back",
        forward="One step forward",
        speed="Speed",
        normal="1×",
        slow="¼×",
        steps="steps",
        normal_hint="Normal speed; idle stretches are shortened",
        slow_hint="Slow motion",
        steps_hint="One event at a time",
        position="Position",
        seconds="{} s",
        link="Copy a link to this moment",
        copied="Link copied",
        free="free",
        held="held by",
        queue="waiting:",
        line="line {}",
        line_of="{0}, line {1}",
        in_place=" ({})",
        lane_does="{0}: {1}",
        waits_for_held_lock="waits for {0}, held by {1}",
        prints="{0} prints: {1}",
        ends="{} ends",
        nothing="The program starts",
        broken="The replay cannot be loaded.",
        left="The replay leaves out {} visits to lines, to stay small.",
        and_more="+{}",
        comma=", ",
        stop="; ",
        states={
            "runs": "runs",
            "ready": "is ready",
            "hot": "loops",
            "sleeps": "sleeps",
            "waits": "waits",
            "parked": "has made way",
        },
        waits={
            "sleep": "sleeps",
            "lock": "waits for {}",
            "event": "waits for {}",
            "condition": "waits for {}",
            "barrier": "waits at {}",
            "semaphore": "waits for {}",
            "queue": "waits at {}",
            "pipe": "waits at {}",
            "message": "waits for a message",
            "await": "awaits",
            "hub": "waits for gevent's event loop",
            "blocked": "waits in a call",
            "io": "waits for I/O",
            "join": "waits for {} to end",
            "process": "waits for {} to end",
            "result": "waits for a result",
            "pool": "waits for the pool to end",
            "task": "waits for its turn",
            "greenlet": "waits for {}",
            "loop": "runs the event loop",
            "exit": "waits for everything to end",
        },
        kinds={
            "lock": "a lock",
            "rlock": "an RLock",
            "event": "an event",
            "condition": "a condition",
            "barrier": "a barrier",
            "semaphore": "a semaphore",
            "queue": "a queue",
            "pipe": "a pipe",
        },
        handovers={
            "start": "{0} starts {1}",
            "lock": "{0} releases {2}, and {1} gets it",
            "signal": "{0} wakes {1}",
            "barrier": "{0} was the last to come, and {1} goes on",
            "join": "{0} has ended, and {1} goes on",
            "switch": "{0} makes way for {1}",
        },
    ),
    "zh": PlayerWords(
        replay="{} 的回放",
        play="播放",
        pause="暂停",
        back="后退一步",
        forward="前进一步",
        speed="速度",
        normal="1×",
        slow="¼×",
        steps="逐步",
        normal_hint="正常速度，空等的时间已缩短",
        slow_hint="慢放",
        steps_hint="一次一个事件",
        position="位置",
        seconds="{} 秒",
        link="复制这一刻的链接",
        copied="链接已复制",
        free="空闲",
        held="持有者",
        queue="排队：",
        line="第 {} 行",
        line_of="{0} 第 {1} 行",
        in_place="（{}）",
        lane_does="{0}：{1}",
        waits_for_held_lock="等 {1} 持有的 {0}",
        prints="{0} 打印：{1}",
        ends="{} 结束",
        nothing="程序启动",
        broken="回放无法加载。",
        left="为了控制大小，回放略去了 {} 次行的执行。",
        and_more="+{}",
        comma="、",
        stop="；",
        states={
            "runs": "运行",
            "ready": "就绪",
            "hot": "循环",
            "sleeps": "睡眠",
            "waits": "等待",
            "parked": "让出",
        },
        waits={
            "sleep": "睡眠",
            "lock": "等 {}",
            "event": "等 {}",
            "condition": "等 {}",
            "barrier": "在 {} 前等",
            "semaphore": "等 {}",
            "queue": "等 {}",
            "pipe": "在 {} 上等数据",
            "message": "等消息",
            "await": "等待",
            "hub": "等 gevent 的事件循环",
            "blocked": "在一个调用里等",
            "io": "等 I/O",
            "join": "等 {} 结束",
            "process": "等 {} 结束",
            "result": "等结果",
            "pool": "等进程池或线程池结束",
            "task": "等轮到自己",
            "greenlet": "等 {}",
            "loop": "运行事件循环",
            "exit": "等其余的都结束",
        },
        kinds={
            "lock": "一把锁",
            "rlock": "一把 RLock",
            "event": "一个事件",
            "condition": "一个条件变量",
            "barrier": "一个栅栏",
            "semaphore": "一个信号量",
            "queue": "一个队列",
            "pipe": "一个管道",
        },
        handovers={
            "start": "{0} 启动 {1}",
            "lock": "{0} 释放 {2}，{1} 得到它",
            "signal": "{0} 唤醒 {1}",
            "barrier": "{0} 最后到达，{1} 继续",
            "join": "{0} 已结束，{1} 继续",
            "switch": "{0} 让给 {1}",
        },
    ),
}


def player_words(language: str) -> PlayerWords:
    """The player's words of the language, or the English ones where it has none yet."""
    return PLAYER_WORDS.get(language, PLAYER_WORDS["en"])
