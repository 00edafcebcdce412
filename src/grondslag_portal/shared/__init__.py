"""What every app of the portal rests on.

    chain       the audit chain as a table: the engine's port, kept by the database
    engine      the installation of this portal, its clock, and its word for who signed
    access      who may do what: one table per app, closed by default
    middleware  nothing answers without an entry in such a table; errors as sentences
    words       sentences in the language of the reader
    pages       what every page needs
    forms       fields that say what is wrong in our own words

May import the engine. Other apps import this one; it imports none of them.
"""
