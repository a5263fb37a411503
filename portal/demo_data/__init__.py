"""The demonstration organisation: invented people of an invented province, told through the portal's own verbs."""
