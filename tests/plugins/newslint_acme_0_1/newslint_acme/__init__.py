"""House rules of Acme News."""

from newslint_acme.shouting_headline import ShoutingHeadline

RULES = (ShoutingHeadline,)
