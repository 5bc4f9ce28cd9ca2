// Each of these tests keeps a grid of processes busy; two at once would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
