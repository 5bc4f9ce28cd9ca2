using System.Numerics;
using System.Text;

namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// Which silo the dispatcher of each class is on: evenly, by nothing but the names of classes and silos, so that everybody who knows them comes to
/// the same answer. Where a silo comes or goes, few classes move.
/// </summary>
public static class DispatcherSpread
{
    /// <summary>Assigns the classes to silos that have them. No silo gets more than one class more than another, as far as all silos have all classes.</summary>
    /// <param name="silos">The names of the classes of each silo, by the silo's name.</param>
    /// <returns>The silo of each class.</returns>
    public static IReadOnlyDictionary<string, string> Assign(IReadOnlyDictionary<string, IReadOnlyCollection<string>> silos)
    {
        ArgumentNullException.ThrowIfNull(silos);
        var wishes = silos.SelectMany(silo => silo.Value.Select(jobClass => (Class: jobClass, Silo: silo.Key, Score: Score(jobClass, silo.Key))))
            .OrderByDescending(wish => wish.Score).ThenBy(wish => wish.Class, StringComparer.Ordinal).ThenBy(wish => wish.Silo, StringComparer.Ordinal)
            .ToList();
        var classes = wishes.Select(wish => wish.Class).Distinct(StringComparer.Ordinal).Count();
        var load = silos.ToDictionary(silo => silo.Key, _ => 0, StringComparer.Ordinal);
        var homes = new Dictionary<string, string>(StringComparer.Ordinal);
        Fill(wishes, load, homes, silos.Count == 0 ? 0 : classes / silos.Count, silos.Count == 0 ? 0 : classes % silos.Count);
        Place(wishes, load, homes);
        return homes;
    }

    /// <summary>Each class goes to the silo that likes it best and has room: for its share, and for one more on as many silos as there is a rest.</summary>
    private static void Fill(
        List<(string Class, string Silo, ulong Score)> wishes, Dictionary<string, int> load, Dictionary<string, string> homes, int share, int rest)
    {
        foreach (var (jobClass, silo, _) in wishes)
        {
            if (homes.ContainsKey(jobClass) || load[silo] > share || (load[silo] == share && rest == 0))
            {
                continue;
            }

            rest -= load[silo] == share ? 1 : 0;
            load[silo]++;
            homes.Add(jobClass, silo);
        }
    }

    /// <summary>What no silo with room has goes to the emptiest that has it.</summary>
    private static void Place(List<(string Class, string Silo, ulong Score)> wishes, Dictionary<string, int> load, Dictionary<string, string> homes)
    {
        foreach (var left in wishes.Where(wish => !homes.ContainsKey(wish.Class)).GroupBy(wish => wish.Class, StringComparer.Ordinal).ToList())
        {
            var silo = left.MinBy(wish => load[wish.Silo]).Silo;
            load[silo]++;
            homes.Add(left.Key, silo);
        }
    }

    /// <summary>The same in every process and version; FNV-1a, stirred so that names which differ at their end only are far apart.</summary>
    private static ulong Score(string jobClass, string silo)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var value in Encoding.UTF8.GetBytes($"{jobClass}\n{silo}"))
        {
            hash = (hash ^ value) * 1_099_511_628_211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return BitOperations.RotateLeft(hash ^ (hash >> 33), 17);
    }
}
