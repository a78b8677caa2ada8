"""What each kind of page shows: a frozen input, which is all that its template can reach."""
