"""The portal: officials travel the road of a project together, in a browser.

It calls the engine (`grondslag`) and holds no rule, threshold or lawful step of its own. Documents
are the engine's own (text, version, hash), kept in a database with index columns beside them.

    config         settings from the environment, addresses
    api            everything the screens do, for programs
    home           what is mine to do, search, overview
    public         pages without sign-in
    decisions      the decision and the look back
    deliveries     deliveries as jobs; the answer and its release
    assessments    advice, and the signatures under an approval
    projects       projects and their documents; the questions of the road
    catalogue      datasets, who manages them, what stewards tell each other
    organisations  departments, people, roles, sign-in
    tasks          what waits for whom; jobs with a lease
    shared         audit chain in a table, who may do what, words, pages

An app uses the apps below it, through their services and selectors, never their models.
"""
