"""What the timeline says, in the languages of the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TimelineWords:
    """Labels. `{}` stand for names, numbers or times, and are filled in by `filled`."""

    title: str
    """Of the picture: the program's file."""
    contents: str
    """What the picture has, and how long all takes."""
    between: str
    """Between two sentences."""
    longest: str
    """A lane, for how long it waits, and for whom."""
    kinds: Mapping[str, tuple[str, str]]
    """By kind, what lanes are called: one of them, several of them."""
    units: Mapping[str, str]
    waits_for: str
    waits_for_holder: str
    """The lane that holds the lock, and the lock."""
    waits_for_itself: str
    """The lock."""
    for_whom: str
    """Shorter: only for whom."""
    itself: str
    held_by: str
    """A lock, and the lanes that hold it."""
    named: Mapping[str, str]
    """By kind of thing: one that has a name."""
    nameless: Mapping[str, str]
    """By kind of thing: one that has none."""
    waits: Mapping[str, tuple[str, ...]]
    """By `Span.what`, where no other lane and no thing is known: what the lane does, and shorter."""
    waiting: str
    """What a lane does that waits for nobody knows what."""
    sleeps_for: str
    states: Mapping[str, str]
    """By `Span.state`."""
    holds: str
    legend: Mapping[str, str]
    more_lanes: str
    shown_lanes: str
    """How many lanes are shown, how many there are, and how many the last row stands for."""
    more_arrows: str
    comma: str
    stop: str
    """Between what a lane does and what it holds meanwhile."""
    table: str
    table_bound: str
    """How many stretches the table has, and how many there are."""
    lane: str
    start: str
    end: str
    does: str
    cut: str
    """Where a lane's end is not known."""


TIMELINE_WORDS = {
    "en": TimelineWords(
        title="Timeline of {}",
        contents="{}, {} in all.",
        between=" ",
        longest="Longest wait: {} waits {} for {}.",
        kinds={
            "process": ("1 process", "{} processes"),
            "thread": ("1 thread", "{} threads"),
            "greenlet": ("1 greenlet", "{} greenlets"),
            "task": ("1 task", "{} tasks"),
        },
        units={"s": "{} s", "ms": "{} ms", "us": "{} µs"},
        waits_for="waits for {}",
        waits_for_holder="waits for {} ({})",
        waits_for_itself="waits for itself ({})",
        for_whom="for {}",
        itself="itself",
        held_by="{}, held by {}",
        named={"event": "event {}", "condition": "condition {}", "barrier": "barrier {}", "queue": "queue {}"},
        nameless={
            "lock": "a lock",
            "rlock": "an RLock",
            "event": "an event",
            "condition": "a condition",
            "barrier": "a barrier",
            "semaphore": "a semaphore",
            "queue": "a queue",
            "pipe": "a pipe",
        },
        waits={
            "pipe": ("waits for data", "data"),
            "io": ("waits for I/O", "I/O"),
            "join": ("waits for a thread to end",),
            "process": ("waits for a process to end",),
            "result": ("waits for a result", "result"),
            "pool": ("waits for the pool to end",),
            "task": ("waits for its turn",),
            "greenlet": ("waits for a greenlet",),
            "message": ("waits for a message", "message"),
            "loop": ("runs the event loop", "event loop"),
            "exit": ("done, waits for the others to end", "waits for the others"),
            "blocked": ("waits in a call",),
            "await": ("awaits", "awaits"),
            "hub": ("waits for gevent's loop", "gevent's loop"),
        },
        waiting="waits",
        sleeps_for="sleeps {}",
        states={
            "runs": "runs",
            "ready": "is ready to run",
            "hot": "loops",
            "sleeps": "sleeps",
            "waits": "waits",
            "parked": "has made way",
        },
        holds="holds {}",
        legend={
            "runs": "runs",
            "hot": "loops, in turns with others",
            "ready": "ready, not its turn",
            "sleeps": "sleeps",
            "waits": "waits (for {})",
            "waiting": "waits",
            "parked": "has made way",
            "holds": "holds a lock",
            "deeper": "holds it twice",
            "prints": "prints",
            "cut": "cut off",
            "lock": "releases a lock, the next one gets it",
            "signal": "wakes",
            "start": "start, or end that was waited for",
            "switch": "switches",
            "break": "time shortened",
        },
        more_lanes="+{} more",
        shown_lanes="The picture shows {} of {} lanes one by one, and the other {} merged in the last row.",
        more_arrows="Arrows left out: {}.",
        comma=", ",
        stop="; ",
        table="{}: what each lane did",
        table_bound="the {} longest of {} stretches",
        lane="Lane",
        start="From",
        end="To",
        does="What it does",
        cut="cut off",
    ),
    "zh": TimelineWords(
        title="{}的时间线",
        contents="{}，共 {}。",
        between="",
        longest="等得最久的是{0}：等{2}，等了 {1}。",
        kinds={
            "process": ("1 个进程", "{} 个进程"),
            "thread": ("1 个线程", "{} 个线程"),
            "greenlet": ("1 个 greenlet", "{} 个 greenlet"),
            "task": ("1 个任务", "{} 个任务"),
        },
        units={"s": "{} 秒", "ms": "{} 毫秒", "us": "{} 微秒"},
        waits_for="等{}",
        waits_for_holder="等{}的{}",
        waits_for_itself="等自己的{}",
        for_whom="等{}",
        itself="自己",
        held_by="{}（持有者：{}）",
        named={"event": "事件{}", "condition": "条件{}", "barrier": "栅栏{}", "queue": "队列{}"},
        nameless={
            "lock": "一把锁",
            "rlock": "一把 RLock",
            "event": "一个事件",
            "condition": "一个条件变量",
            "barrier": "一个栅栏",
            "semaphore": "一个信号量",
            "queue": "一个队列",
            "pipe": "一个管道",
        },
        waits={
            "pipe": ("等数据",),
            "io": ("等 I/O",),
            "join": ("等一个线程结束",),
            "process": ("等一个进程结束",),
            "result": ("等结果",),
            "pool": ("等池结束",),
            "task": ("等轮到自己",),
            "greenlet": ("等一个 greenlet",),
            "message": ("等消息",),
            "loop": ("运行事件循环", "事件循环"),
            "exit": ("已跑完，等其余的结束", "等其余的"),
            "blocked": ("在一个调用里等",),
            "await": ("等待",),
            "hub": ("等 gevent 的事件循环", "等 gevent"),
        },
        waiting="等待",
        sleeps_for="睡 {}",
        states={
            "runs": "运行",
            "ready": "就绪",
            "hot": "循环",
            "sleeps": "睡眠",
            "waits": "等待",
            "parked": "让出",
        },
        holds="持有{}",
        legend={
            "runs": "运行",
            "hot": "循环，与别人轮流",
            "ready": "就绪，还没轮到",
            "sleeps": "睡眠",
            "waits": "等待（等{}）",
            "waiting": "等待",
            "parked": "让出",
            "holds": "持有锁",
            "deeper": "重复持有",
            "prints": "打印",
            "cut": "被截断",
            "lock": "释放锁，下一个得到它",
            "signal": "唤醒",
            "start": "启动，或等到结束",
            "switch": "切换",
            "break": "时间已缩短",
        },
        more_lanes="另有 {} 条",
        shown_lanes="图中单独画出 {} 条（共 {} 条），其余 {} 条合并在最后一行。",
        more_arrows="另有 {} 个箭头未画出。",
        comma="、",
        stop="；",
        table="{}：各自做了什么",
        table_bound="共 {1} 段，此处是最长的 {0} 段",
        lane="谁",
        start="从",
        end="到",
        does="做什么",
        cut="被截断",
    ),
}

_GAP = re.compile(r"\{(\d?)\}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9_'\"-]")


def timeline_words(language: str) -> TimelineWords:
    """The words of the language, or the English ones where it has none yet."""
    return TIMELINE_WORDS.get(language, TIMELINE_WORDS["en"])


def filled(text: str, *values: object) -> str:
    """The text with its gaps filled, and with a space where Chinese and Latin text meet at a gap's edge."""
    parts = _GAP.split(text)
    result = parts[0]
    for number, (place, after) in enumerate(zip(parts[1::2], parts[2::2], strict=True)):
        result = _joined(result, str(values[int(place) if place else number]))
        result = _joined(result, after)
    return result


def _joined(before: str, after: str) -> str:
    if not before or not after:
        return before + after
    here, there = before[-1], after[0]
    meet = (_HAN.match(here) and _LATIN.match(there)) or (_LATIN.match(here) and _HAN.match(there))
    return f"{before} {after}" if meet else before + after
