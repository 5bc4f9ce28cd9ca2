-- Cluster membership in PostgreSQL, for the ADO.NET membership table and gateway list of Orleans.
-- Sections as in persistence.sql, which is applied first and makes OrleansQuery. Orleans calls the cluster id "DeploymentId".

-- One row a cluster: its version orders all changes of membership. Whoever changes a silo's row first moves the version on from
-- the one it read; the lock on this row makes the changes of several silos take turns.
CREATE TABLE IF NOT EXISTS orleans_cluster
(
    cluster_id text    PRIMARY KEY,
    version    integer NOT NULL
);

CREATE TABLE IF NOT EXISTS orleans_silo
(
    cluster_id    text        NOT NULL,
    address       text        NOT NULL,
    port          integer     NOT NULL,
    generation    integer     NOT NULL,
    silo_name     text        NOT NULL,
    host_name     text        NOT NULL,
    status        integer     NOT NULL,
    gateway_port  integer     NOT NULL,
    suspect_times text,
    started_at    timestamptz NOT NULL,
    alive_at      timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

-- False when the row was there: the answer has to be a row in both cases.
-- query: InsertMembershipVersionKey
WITH added AS
(
    INSERT INTO orleans_cluster (cluster_id, version) VALUES (@DeploymentId, 0)
    ON CONFLICT (cluster_id) DO NOTHING
    RETURNING 1
)
SELECT EXISTS (SELECT 1 FROM added);

-- The version moves only if the silo's row can be added, so a refused insert leaves no trace.
-- query: InsertMembershipKey
WITH moved AS
(
    UPDATE orleans_cluster
    SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version
      AND NOT EXISTS
      (
          SELECT 1 FROM orleans_silo
          WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
      )
    RETURNING cluster_id
),
added AS
(
    INSERT INTO orleans_silo
        (cluster_id, address, port, generation, silo_name, host_name, status, gateway_port, started_at, alive_at)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    FROM moved
    RETURNING 1
)
SELECT EXISTS (SELECT 1 FROM added);

-- query: UpdateMembershipKey
WITH moved AS
(
    UPDATE orleans_cluster
    SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version
      AND EXISTS
      (
          SELECT 1 FROM orleans_silo
          WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
      )
    RETURNING 1
),
changed AS
(
    UPDATE orleans_silo
    SET status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
      AND EXISTS (SELECT 1 FROM moved)
    RETURNING 1
)
SELECT EXISTS (SELECT 1 FROM changed);

-- A sign of life is no change of membership: it leaves the version alone, so silos do not compete to write it.
-- query: UpdateIAmAlivetimeKey
UPDATE orleans_silo
SET alive_at = @IAmAliveTime
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation;

-- There is a row even for a cluster without silos, or unknown: the version is read from it. A silo without start time is no silo.
-- query: MembershipReadAllKey
SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName, s.host_name AS HostName,
       s.status AS Status, s.gateway_port AS ProxyPort, s.suspect_times AS SuspectTimes,
       s.started_at AS StartTime, s.alive_at AS IAmAliveTime, coalesce(c.version, 0) AS Version
FROM (SELECT @DeploymentId AS cluster_id) AS asked
LEFT JOIN orleans_cluster AS c ON c.cluster_id = asked.cluster_id
LEFT JOIN orleans_silo AS s ON s.cluster_id = asked.cluster_id;

-- query: MembershipReadRowKey
SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.silo_name AS SiloName, s.host_name AS HostName,
       s.status AS Status, s.gateway_port AS ProxyPort, s.suspect_times AS SuspectTimes,
       s.started_at AS StartTime, s.alive_at AS IAmAliveTime, coalesce(c.version, 0) AS Version
FROM (SELECT @DeploymentId AS cluster_id) AS asked
LEFT JOIN orleans_cluster AS c ON c.cluster_id = asked.cluster_id
LEFT JOIN orleans_silo AS s
       ON s.cluster_id = asked.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation;

-- A silo without a gateway has port 0 and takes no clients.
-- query: GatewaysQueryKey
SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
FROM orleans_silo
WHERE cluster_id = @DeploymentId AND status = @Status AND gateway_port > 0;

-- The version goes too; Orleans makes it anew when a silo starts.
-- query: DeleteMembershipTableEntriesKey
WITH forgotten AS (DELETE FROM orleans_silo WHERE cluster_id = @DeploymentId)
DELETE FROM orleans_cluster WHERE cluster_id = @DeploymentId;

-- 6 is Dead: a silo that is only late, or still joining, keeps its row. Orleans asks for "before t", where t is 100 ns after the
-- newest row it wants gone; microseconds cannot hold that, so the comparison includes the limit.
-- query: CleanupDefunctSiloEntriesKey
DELETE FROM orleans_silo
WHERE cluster_id = @DeploymentId AND status = 6 AND greatest(started_at, alive_at) <= @IAmAliveTime;

-- Orleans from 10.4 on asks for this one instead, if it is there: row by row, with what it has just read of each. A row that somebody
-- has changed since is not the one that was judged, and stays.
-- query: CleanupDefunctSiloEntryKey
DELETE FROM orleans_silo
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
  AND status = 6 AND started_at = @StartTime AND alive_at = @IAmAliveTime AND suspect_times IS NOT DISTINCT FROM @SuspectTimes::text;
