"""Datasets, who manages them, and what those who look after them tell each other.

    models     versions of contracts, and what can be searched of them
    reading    bytes to a contract of the engine, and the files a contract leans on
    servers    addresses that a contract may not name
    editing    parts of the text of a contract changed, the rest kept as it was written
    services   keeping a new version of a contract
    folders    reading a department's own folder, never writing there
    places     where the file of a dataset stands on this installation
    measuring  how well data keep their contract, under the leave of the owner
    quality    what was measured, as a table and a line in time
    terms      definitions of the data office, and differences that people settle
    settling   what stewards agreed, taken over in a contract by its owner
    exchange   questions, tips and agreements about a dataset or a definition
    managing   who manages what, and where somebody is missing
    dcat       what is open, for others: DCAT-AP-NL 3.0
    resting    projects that rest on a dataset, told by the app above

A contract is the engine's own document: what came in goes out byte for byte.
"""
