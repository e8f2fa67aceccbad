-- What the tables of schema_postgres.sql do by themselves: partitions, messages, and who sees what.

-- The partitions of a month, where they are not there. Made apart and then attached: readers go on.
CREATE FUNCTION assay_make_partitions(at_ns bigint) RETURNS void LANGUAGE plpgsql AS $make$
DECLARE
    at_s bigint := at_ns / 1000000000 - CASE WHEN at_ns % 1000000000 < 0 THEN 1 ELSE 0 END;
    month timestamp := date_trunc('month', to_timestamp(at_s) AT TIME ZONE 'UTC');
    first_ns numeric := trunc(extract(epoch FROM month) * 1000000000);
    after_ns numeric := trunc(extract(epoch FROM month + interval '1 month') * 1000000000);
    -- The first and the last month that a bigint reaches are cut short.
    lower_bound text := CASE WHEN first_ns < -9223372036854775808 THEN 'MINVALUE'
                             ELSE first_ns::text END;
    upper_bound text := CASE WHEN after_ns > 9223372036854775807 THEN 'MAXVALUE'
                             ELSE after_ns::text END;
    parent text;
    partition text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['point', 'sample'] LOOP
        partition := parent || to_char(month, '_YYYY_MM');
        IF to_regclass(format('%I.%I', current_schema(), partition)) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING STORAGE)',
                           partition, parent);
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                           parent, partition, lower_bound, upper_bound);
        END IF;
    END LOOP;
END
$make$;

-- A run has come: there is a place for its points, and whoever listens hears its uuid as soon as the
-- transaction is done. With the rights of the tables' owner, for a role that records may not make
-- tables.
CREATE FUNCTION assay_run_arrives() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $arrives$
BEGIN
    PERFORM assay_make_partitions(NEW.started);
    PERFORM pg_notify('assay_run', NEW.uuid);
    RETURN NULL;
END
$arrives$;
CREATE TRIGGER run_arrives AFTER INSERT ON run
    FOR EACH ROW EXECUTE FUNCTION assay_run_arrives();

-- Names are looked up where the tables are and nowhere else, whoever calls.
DO $pin$ BEGIN
    EXECUTE format('ALTER FUNCTION assay_make_partitions(bigint) SET search_path = %I, pg_temp',
                   current_schema());
    EXECUTE format('ALTER FUNCTION assay_run_arrives() SET search_path = %I, pg_temp',
                   current_schema());
END $pin$;

CREATE FUNCTION assay_refuses_change() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN
    RAISE EXCEPTION 'baselines are append-only: add a new one';
END
$refuse$;
CREATE TRIGGER baseline_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON baseline
    FOR EACH STATEMENT EXECUTE FUNCTION assay_refuses_change();

-- A role for which assay.project is set (ALTER ROLE ci SET assay.project = 'router') sees and writes
-- the runs of that project alone, and whatever belongs to them. The owner of the tables sees all.
-- Series, platforms and environments are shared: they say what was measured, not what came out.
CREATE FUNCTION assay_project() RETURNS text STABLE LANGUAGE sql AS
    $project$ SELECT nullif(current_setting('assay.project', true), '') $project$;

ALTER TABLE project ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON project
    USING ((SELECT assay_project()) IS NULL OR name = (SELECT assay_project()));

ALTER TABLE run ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON run
    USING ((SELECT assay_project()) IS NULL
           OR EXISTS (SELECT 1 FROM project WHERE project.id = project_id));

-- What belongs to a run is seen with it.
DO $follow$
DECLARE
    child record;
BEGIN
    FOR child IN SELECT * FROM (VALUES
        ('run_build', 'run_id'), ('point', 'run_id'), ('sample', 'run_id'), ('failure', 'run_id'),
        ('artifact', 'run_id'), ('verdict', 'run_id'), ('gate_result', 'run_id'),
        ('change_point', 'first_bad'), ('baseline', 'to_run'), ('alert', 'last_run')
    ) AS children (name, run) LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child.name);
        EXECUTE format(
            'CREATE POLICY own ON %I USING ((SELECT assay_project()) IS NULL OR %I IS NULL OR '
            'EXISTS (SELECT 1 FROM run WHERE run.id = %I))',
            child.name, child.run, child.run);
    END LOOP;
END $follow$;

ALTER TABLE alert_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON alert_event
    USING ((SELECT assay_project()) IS NULL
           OR EXISTS (SELECT 1 FROM alert WHERE alert.id = alert_id));
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON outbox
    USING ((SELECT assay_project()) IS NULL
           OR EXISTS (SELECT 1 FROM alert WHERE alert.id = alert_id));

-- Lets a role record and read: SELECT assay_admit('ci', 'router'), or all projects with NULL. Nothing
-- but artifacts is ever deleted. Not on partitions, which would be a way past the rules above.
CREATE FUNCTION assay_admit(role_name text, project_name text) RETURNS void LANGUAGE plpgsql AS
$admit$
DECLARE
    shared record;
BEGIN
    FOR shared IN SELECT oid::regclass AS name, relname FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
          AND NOT relispartition LOOP
        EXECUTE format('GRANT SELECT %s ON %s TO %I',
                       CASE shared.relname WHEN 'schema_migration' THEN ''
                                           WHEN 'artifact' THEN ', INSERT, UPDATE, DELETE'
                                           ELSE ', INSERT, UPDATE' END,
                       shared.name, role_name);
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), role_name);
    IF project_name IS NOT NULL THEN
        EXECUTE format('ALTER ROLE %I SET assay.project = %L', role_name, project_name);
    END IF;
END
$admit$;
