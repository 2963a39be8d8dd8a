"""The closed lists of the standard return: why people are on a watchlist, what arrests were for,
how a misidentification went.

In: nothing. Out: `CodeList`s. Reasons for a watchlist follow the categories of the College of
Policing's Authorised Professional Practice on live facial recognition; offences follow the groups
of the Home Office's crime statistics. Does not describe a person: no list here can single anybody
out."""

from __future__ import annotations

from etl.model.codes import code_list

WATCHLIST_REASON = code_list("watchlist_reason")
OFFENCE = code_list("offence")
FACES_STATUS = code_list("faces_status")
ERROR_KIND = code_list("error_kind")
ERROR_OUTCOME = code_list("error_outcome")
RETURN_GAP = code_list("return_gap")
RETURNED_SUBJECT = code_list("returned_subject")
RETURNED_STATUS = code_list("returned_status")
AUTHORISING_RANK = code_list("authorising_rank")
ARREST_OUTCOME = code_list("arrest_outcome")
