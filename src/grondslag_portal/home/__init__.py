"""What is mine to do, looking things up, the overview, and reminders by mail and calendar.

    sections     what each role needs first, as one table
    searching    finds over projects, decisions, lessons, datasets, definitions and rules
    selectors    counts and lists for the overview, through one person's eyes
    models       what somebody wants to hear, and the secret under their calendar
    services     writing that, with an audit record
    mailing      the daily summary by mail: counts and a link, no personal data
    calendar     dates as iCalendar, without personal data
    permissions  who may do what here
    views        pages

May use every app below it.
"""
