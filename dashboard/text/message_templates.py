"""The sentences that `etl` puts together with numbers in them, as templates for the catalogue of
translations.

In: nothing. Out: `SENTENCES`. They are worded in `etl`; a test asks every measure and every claim
of the record and finds what is worded there and not listed here."""

from __future__ import annotations

from dashboard.text.language import mark as N_

SENTENCES = (
    # etl.measures.evaluate
    N_("No deployment is in the record for this selection."),
    N_("The rows of it are from {start} to {end}."),
    N_("It has no rows."),
    N_("The number of residents is not known for this selection."),
    N_("How many there were in all is not published."),
    N_("The printed parts add up to more than the printed whole."),
    N_("The denominator is below {number}."),
    N_("Fewer than {number} events: only the counts are given."),
    N_("The only row does not have what this measure needs."),
    N_("None of the {rows} rows has what this measure needs."),
    N_("{count} of {rows} rows does not have the number."),
    N_("{count} of {rows} rows do not have the number."),
    N_("{count} of {rows} rows lacks a side and is in neither."),
    N_("{count} of {rows} rows lack a side and are in neither."),
    N_("The only row reaches out of the period: how much of it is inside is not published."),
    N_(
        "{count} of {rows} rows reaches out of the period: how much of it is inside is not "
        "published."
    ),
    N_(
        "{count} of {rows} rows reach out of the period: how much of them is inside is not "
        "published."
    ),
    # etl.queries.record, etl.queries.validation, etl.measures.comparisons, etl.measures.funnels
    N_("The rows lie on both sides of a break ({force}, {day}):"),
    N_("{measure} does not compare across a break."),
    N_("From {day}:"),
    N_("{measure} has no interval, so a difference cannot be judged."),
    N_("{measure} has no interval, so no range of chance can be drawn."),
    N_("With no events in either group their rates cannot be compared."),
    N_("The numbers are too large or too small to divide."),
    N_("Fewer than {number} groups have a value: there is nothing to set side by side."),
    N_("{measure} needs residents: give it by, or limit it to, areas of one kind ({kinds})."),
    N_("{measure} is not given by {name}. It is given by: {names}."),
    N_("The period ends on {end}, before it starts on {start}."),
    # etl.measures.coverage
    N_("No deployment of this force in {year} is in the record."),
    N_("No deployment of this force is in the record."),
    N_("On its use, latest: {use}."),
    N_("No expected field is missing."),
    N_(
        "Of {missing} missing values, {unpublished} are not published, {lost} are published but "
        "did not reach us, and of {unknown} it is not known whether they are published."
    ),
    # etl.measures.groups.benchmarks
    N_("No force publishes faces seen by group."),
    N_("See the test results: they are not a share of people."),
    N_("True alerts are not published by group for this force and period, nor is the watchlist."),
    N_("There was no true alert in the period: the denominator is zero."),
    N_("No counted deployment lies in the period."),
    N_("None of the {rows} deployments has a district with residents by group and faces seen."),
    N_("No face was seen in the period: the denominator is zero."),
    N_("{area} has no area whose residents are counted by this list of groups."),
    N_("{area} has no residents: the denominator is zero."),
    # etl.measures.groups.shares, etl.measures.groups.estimates, etl.measures.groups.crosswalks,
    # etl.queries.groups
    N_("Fewer than {number} events are about the group: only the counts are given."),
    N_("No difference was detected, which is not evidence that there is none."),
    N_("{count} event give no rate per group."),
    N_("{count} events give no rate per group."),
    N_("Nobody publishes how many {events} were about: {groups}."),
    N_("Nobody publishes {events} of {force} by group in numbers for this period."),
    N_("Several counts of {events} answer and are not added up: {counts}."),
    N_("Several published counts answer. Ask by {names}, and by a period."),
    N_("Counts are published by several lists of groups; name one of: {names}."),
    N_("No figure about it is given."),
    N_(
        "Several groups are added up for a year and no less: only what is printed is repeated of a "
        "shorter period, and this one is {start} to {end}."
    ),
    N_("The counts of the two groups are of different periods."),
    N_("The source does not say how many {events} there were in all."),
    N_("There were no {events}: a share of none does not exist."),
    N_("The benchmark counts nobody: nothing can be divided by it."),
    N_("The benchmark counts nobody else: nothing can be divided by it."),
    N_("it is counted from few events itself and is not a known share; read both intervals."),
    N_("{listed}: residents are not counted by it, nor by a list it corresponds to."),
    N_("{group} has no counterpart in: {listed}."),
    N_("{listed} has no group for {group}."),
    N_("{group} is a count of people whose group is not known: it has no benchmark."),
    N_("Only {groups} together stand beside {group}: ask for {code}."),
    N_("A group is not compared with itself."),
    N_("No count by group is published for this selection."),
    N_("{measure} depends on the benchmark: ask by benchmark, or name one of: {names}."),
    N_("No list of groups has {group}."),
    # etl.measures.groups.evaluations
    N_("None was seen in {searches} searches: the rate is below 1 in {number} (95%)."),
    N_(
        "None was seen in about {searches} searches of {images} images; brought to a watchlist of "
        "{size} in proportion: the rate is below about 1 in {number} (95%)."
    ),
)
