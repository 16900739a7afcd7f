"""QuerySets and composable reads of quiz."""
