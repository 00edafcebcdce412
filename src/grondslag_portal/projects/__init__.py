"""Projects: their documents, where they stand, and the questions of the road.

    models       a project, the versions of its documents, what is typed and not sent yet
    folders      a project's documents as the folder the engine works on
    editing      changing a part of the plan document
    screens      what a screen asks; questions, grounds and data_needs say it of each
    fields       one question as a field of a form; forms makes the form of a screen
    sections     the answers of a section as they stand in a plan
    judging      what the rules say now, and which screen it belongs to
    datasets     what can be asked for, and putting its contract beside the plan
    alike        earlier projects with a like question
    exchange     a project out and in as a folder
    waiting      for whom a project waits
    knowing      what is known beside the plan: decision, lesson, how the advice stands
    selectors    reading, through one person's eyes
    services     writing, with an audit record in the same transaction
    answering    the same, for answers on screens
    handing      handing projects over to another
    permissions  who may do what here
    views        pages

May use catalogue, organisations, tasks and shared. Other apps reach a project through `services`
and `selectors`.
"""
