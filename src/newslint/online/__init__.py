"""Asking the addresses of links and images: the only code of newslint that uses the network."""
