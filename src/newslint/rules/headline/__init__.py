"""Do headline and excerpt belong together."""
