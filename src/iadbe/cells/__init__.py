"""What is known of each cell: the fingerprint of what it should be, the ledger of what it is."""
