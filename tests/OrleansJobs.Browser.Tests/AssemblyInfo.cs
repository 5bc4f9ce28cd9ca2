// One browser and one processor's worth of pages: tests beside each other would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
