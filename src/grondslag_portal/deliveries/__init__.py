"""Deliveries as long work, the answer that is put to them, and what may leave.

    permissions  who may start, look, release, in which phase
    sources      where the files of datasets stand
    jobs         delivering, analysing, releasing, reporting: each asks first what was done
    selectors    what was delivered and what was left out; the analysis; how far a run is
    services     starting long work, closing what ended
    proof        a delivery as an archive for ``grondslag verify``
    views        pages; the report as the engine wrote it

May use assessments, projects, catalogue, organisations, tasks and shared.
"""
