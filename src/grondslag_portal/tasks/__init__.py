"""What waits for whom, and long work that no page waits for.

    models      what waits, one run of long work, the day of a daily chore
    selectors   what waits for somebody, late first; how far a run is
    services    a run begins, goes on and ends; what waits is made anew
    jobs        the kinds of long work, and doing one under a lease with a heartbeat
    chores      what is done once a day
    management  ``work``: the worker

A worker that is killed leaves a lease that runs out: its run is taken up again, once. A kind of
work therefore asks first what was done already. May use shared.
"""
