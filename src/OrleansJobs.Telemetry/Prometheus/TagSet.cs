namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>The tags of a measure as they came, to find its series by without making text.</summary>
internal readonly struct TagSet(KeyValuePair<string, object?>[] tags)
{
    private readonly KeyValuePair<string, object?>[] _tags = tags;

    /// <summary>Compares tag sets with each other, and with tags that are not kept.</summary>
    public sealed class Comparer
        : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
    {
        public bool Equals(TagSet x, TagSet y) => Equals(x._tags, y);

        public int GetHashCode(TagSet obj) => GetHashCode((ReadOnlySpan<KeyValuePair<string, object?>>)obj._tags);

        public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
        {
            if (alternate.Length != other._tags.Length)
            {
                return false;
            }

            for (var index = 0; index < alternate.Length; index++)
            {
                if (!string.Equals(alternate[index].Key, other._tags[index].Key, StringComparison.Ordinal)
                    || !Equals(alternate[index].Value, other._tags[index].Value))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
        {
            var hash = default(HashCode);
            foreach (var (key, value) in alternate)
            {
                hash.Add(key, StringComparer.Ordinal);
                hash.Add(value);
            }

            return hash.ToHashCode();
        }

        public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate.ToArray());
    }
}
