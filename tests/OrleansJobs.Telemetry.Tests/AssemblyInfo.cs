// The grid's meter and source are the process's: tests at the same time would see each other's measures.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
