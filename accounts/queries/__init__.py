"""QuerySets and composable reads of accounts."""
