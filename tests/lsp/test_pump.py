"""The loop: in order, one at a time, with timers, and never ended by a fault."""

import threading

from gifthorse.lsp.pump import Pump


def run(prepare):
    done, faults = [], []
    pump = Pump(faults.append)
    prepare(pump, done)
    pump.run()
    return done, faults


def test_actions_are_carried_out_in_order():
    def prepare(pump, done):
        for number in range(100):
            pump.post(lambda number=number: done.append(number))
        pump.post(pump.stop)

    assert run(prepare) == (list(range(100)), [])


def test_a_fault_does_not_end_the_loop():
    def prepare(pump, done):
        pump.post(lambda: 1 // 0)
        pump.post(lambda: done.append("still here"))
        pump.post(pump.stop)

    done, faults = run(prepare)
    assert done == ["still here"]
    assert [type(fault) for fault in faults] == [ZeroDivisionError]


def test_timers_come_in_their_order_and_a_new_one_replaces_the_old():
    def prepare(pump, done):
        pump.after(0.03, "end", pump.stop)
        pump.after(0.02, "second", lambda: done.append("second"))
        pump.after(0.0, "first", lambda: done.append("replaced"))
        pump.after(0.01, "first", lambda: done.append("first"))
        assert pump.waiting("first")

    assert run(prepare) == (["first", "second"], [])


def test_another_thread_wakes_a_loop_that_waits():
    def prepare(pump, done):
        pump.after(60, "far", lambda: done.append("far"))
        threading.Timer(0.01, pump.post, [pump.stop]).start()

    assert run(prepare) == ([], [])
