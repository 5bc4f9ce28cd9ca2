using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class PagingTests
{
    [Fact]
    public void Drain_OfALargeBacklog_StaysInTheWindow_KeepsOrder_AndRunsEachJobOnce()
    {
        const int Tenants = 1_000;
        const int JobsPerTenant = 200;
        var options = new DispatcherOptions { MaxWindow = 10_000, PageSize = 100 };
        var bench = new Bench(options: options);
        var store = new Dictionary<string, List<WaitingJob>>();
        for (var i = 0; i < Tenants * JobsPerTenant; i++)
        {
            var job = bench.Job("t" + (i % Tenants), priority: i * 7 % 10);
            (store.TryGetValue(job.Tenant, out var jobs) ? jobs : store[job.Tenant] = []).Add(job);
            bench.Dispatcher.Add(job, bench.Now);
        }

        foreach (var jobs in store.Values)
        {
            jobs.Sort(DispatchOrder.Instance);
        }

        var granted = store.Keys.ToDictionary(tenant => tenant, _ => new List<WaitingJob>());
        var total = 0;
        while (total < Tenants * JobsPerTenant)
        {
            ReadPages(bench, request => Read(store[((TenantPage)request).Tenant], (TenantPage)request));
            Assert.True(bench.Dispatcher.WaitingInMemory <= options.MaxWindow);
            var jobs = bench.Ask("s", 500, bench.Finish("s"));
            Assert.NotEmpty(jobs);
            total += jobs.Count;
            foreach (var job in jobs)
            {
                granted[job.Tenant].Add(job);
            }
        }

        Assert.All(store, tenant => Assert.Equal(tenant.Value, granted[tenant.Key]));
        bench.Ask("s", 500, bench.Finish("s"));
        ReadPages(bench, request => Read(store[((TenantPage)request).Tenant], (TenantPage)request));
        Assert.Equal(0, bench.Dispatcher.GetStatus().WaitingTenants);
    }

    [Fact]
    public void Add_BeforeTheWindowsEnd_GoesInAndPushesTheLastOneOut()
    {
        var bench = new Bench(options: new DispatcherOptions { MaxWindow = 3 });
        bench.AddMany(5);
        var urgent = bench.Add(priority: 9);
        Assert.Equal(3, bench.Dispatcher.WaitingInMemory);
        Assert.Equal(urgent, bench.Ask("s", 1).Single());
    }

    [Fact]
    public void Add_OfASecondTenant_GetsItsPartOfTheWindow()
    {
        var bench = new Bench(options: new DispatcherOptions { MaxWindow = 100 });
        bench.AddMany(500, "noisy");
        bench.AddMany(30, "quiet");
        var shares = bench.Dispatcher.GetTenants(bench.Now).ToDictionary(share => share.Tenant);
        Assert.Equal((30, false), (shares["quiet"].Waiting, shares["quiet"].Spilled));
        Assert.True(shares["noisy"].Spilled);
        Assert.InRange(shares["noisy"].Waiting, 50, 70);
    }

    [Fact]
    public void Add_WhileAPageIsRead_IsNotLost()
    {
        var bench = new Bench();
        bench.Dispatcher.AddSpilledTenant("t");
        var page = Assert.IsType<TenantPage>(bench.Dispatcher.NextPage());
        Assert.Equal(new TenantPage("t", null, bench.Now, 1_000), page);
        var missed = bench.Add("t");
        bench.Dispatcher.AcceptPage(page, [], bench.Now);
        Assert.Equal([missed], bench.Ask("s", 5));
    }

    [Fact]
    public void Add_OfManyWhileAPageIsRead_KeepsThoseInFrontAndPagesTheRest()
    {
        var bench = new Bench();
        bench.Dispatcher.AddSpilledTenant("t");
        var page = bench.Dispatcher.NextPage()!;
        var missed = bench.AddMany(1_000, "t");
        bench.Dispatcher.AcceptPage(page, [], bench.Now);
        ReadPages(bench, request => Read(missed, (TenantPage)request));
        Assert.Equal(missed, bench.Ask("s", 500).Concat(bench.Ask("s", 1_000)).Concat(bench.Ask("s", 1_500)));
    }

    [Fact]
    public void AcceptPage_WithALeasedJob_DoesNotLeaseItAgain()
    {
        var bench = new Bench();
        var job = bench.Add("t");
        bench.Ask("s", 1);
        bench.Dispatcher.AddSpilledTenant("t");
        bench.Dispatcher.AcceptPage(bench.Dispatcher.NextPage()!, [job], bench.Now);
        Assert.Empty(bench.Ask("s", 5));
    }

    [Fact]
    public void AcceptPage_ThatWasNotAskedFor_IsIgnored()
    {
        var bench = new Bench();
        bench.Dispatcher.AcceptPage(new TenantPage("t", null, bench.Now, 10), [bench.Job("t")], bench.Now);
        Assert.Equal(0, bench.Dispatcher.WaitingInMemory);
    }

    [Fact]
    public void NextPage_OfATenant_IsOutstandingOnce()
    {
        var bench = new Bench();
        bench.Dispatcher.AddSpilledTenant("t");
        Assert.NotNull(bench.Dispatcher.NextPage());
        bench.Dispatcher.AddSpilledTenant("t");
        Assert.Null(bench.Dispatcher.NextPage());
    }

    [Fact]
    public void AcceptPage_AfterTheTenantWasMarkedAgain_ReadsFromTheStart()
    {
        var bench = new Bench();
        bench.Dispatcher.AddSpilledTenant("t");
        var page = bench.Dispatcher.NextPage()!;
        bench.Dispatcher.AddSpilledTenant("t");
        bench.Dispatcher.AcceptPage(page, [], bench.Now);
        Assert.Equal(new TenantPage("t", null, bench.Now, 1_000), bench.Dispatcher.NextPage());
    }

    [Fact]
    public void PageFailed_AsksAgainAfterADelay()
    {
        var bench = new Bench();
        bench.Dispatcher.AddSpilledTenant("t");
        bench.Dispatcher.PageFailed(bench.Dispatcher.NextPage()!, bench.Now);
        Assert.Null(bench.Dispatcher.NextPage());
        Assert.Equal(bench.Now.AddSeconds(1), bench.Dispatcher.NextWakeAt(bench.Now));
        bench.Now += TimeSpan.FromSeconds(1);
        bench.Dispatcher.Tick(bench.Now);
        Assert.NotNull(bench.Dispatcher.NextPage());
    }

    [Fact]
    public void NextPage_IsBoundedInNumber()
    {
        var bench = new Bench();
        for (var i = 0; i < 10; i++)
        {
            bench.Dispatcher.AddSpilledTenant("t" + i);
        }

        var pages = 0;
        while (bench.Dispatcher.NextPage() is not null)
        {
            pages++;
        }

        Assert.Equal(new DispatcherOptions().MaxOutstandingPages, pages);
    }

    [Fact]
    public void DueWindow_KeepsTheNextJobsAndPagesTheRest()
    {
        var bench = new Bench(options: new DispatcherOptions { DueWindow = 10 });
        var jobs = Enumerable.Range(1, 100).Reverse().Select(i => bench.Add(dueIn: i, state: JobState.Scheduled)).Reverse().ToList();
        Assert.Equal(10, bench.Dispatcher.GetStatus().NotDue);
        for (var i = 0; i < 100; i++)
        {
            bench.Now = jobs[i].DueAt;
            bench.Dispatcher.Tick(bench.Now);
            ReadPages(bench, request => ReadDue(jobs, (DuePage)request));
            Assert.Equal([jobs[i]], bench.Ask("s", 1, bench.Finish("s")));
            Assert.True(bench.Dispatcher.WaitingInMemory <= 10);
        }
    }

    [Fact]
    public void MarkDueSpilled_ReadsWhatIsDueAfterTheLifeBegan()
    {
        var bench = new Bench();
        bench.Dispatcher.MarkDueSpilled();
        var page = bench.Dispatcher.NextPage()!;
        Assert.Equal(new DuePage(Bench.Start, null, 1_000), page);
        bench.Now += TimeSpan.FromSeconds(10);
        var (overdue, later) = (bench.Job(dueIn: -5), bench.Job(dueIn: 5));
        bench.Dispatcher.AcceptPage(page, [overdue, later], bench.Now);
        Assert.Equal([overdue], bench.Ask("s", 5));
        Assert.Equal(1, bench.Dispatcher.GetStatus().NotDue);
    }

    [Fact]
    public void Reconcile_FindsAJobWhoseAnnouncementWasLost()
    {
        var bench = new Bench();
        var known = bench.Add("t");
        var (lost, lostLater) = (bench.Job("t"), bench.Job("t", dueIn: 5));
        bench.Dispatcher.Reconcile(bench.Now);
        bench.Dispatcher.AddSpilledTenant("t");
        ReadPages(bench, request => request is TenantPage page ? Read([known, lost], page) : ReadDue([lostLater], (DuePage)request));
        Assert.Equal([known, lost], bench.Ask("s", 5));
        bench.Now += TimeSpan.FromSeconds(5);
        Assert.Equal([lostLater], bench.Ask("s", 5));
    }

    private static void ReadPages(Bench bench, Func<PageRequest, IReadOnlyList<WaitingJob>> read)
    {
        while (bench.Dispatcher.NextPage() is { } request)
        {
            bench.Dispatcher.AcceptPage(request, read(request), bench.Now);
        }
    }

    private static List<WaitingJob> Read(List<WaitingJob> jobs, TenantPage page)
    {
        var at = page.After is null ? 0 : jobs.BinarySearch(page.After, DispatchOrder.Instance) + 1;
        return jobs.GetRange(at, Math.Min(page.Limit, jobs.Count - at));
    }

    private static List<WaitingJob> ReadDue(List<WaitingJob> jobs, DuePage page) =>
    [
        .. jobs.Where(job => job.DueAt > page.AfterDue || (job.DueAt == page.AfterDue && page.AfterId is { } id && job.Id > id))
            .Take(page.Limit),
    ];
}
