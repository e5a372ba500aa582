-- What most tables hold: keys, numbers, dates, codes and short words ...
create unlogged table facts as
select n as id,
       (n * 7919 % 250000)::integer as customer_id,
       (n % 12)::smallint as line_number,
       (n * 31 % 50 + 1)::numeric(15, 2) as quantity,
       (n * 104729 % 10000019 / 100.0)::numeric(15, 2) as price,
       (n % 11 / 100.0)::numeric(6, 3) as discount,
       sqrt(n) as weight,
       (n % 997 / 8.0)::real as share,
       n % 3 = 0 as paid,
       substr('ANR', 1 + (n * 13 % 3)::integer, 1)::char(1) as flag,
       (array['by air', 'by ship', 'by rail', 'by road'])[1 + n * 17 % 4]::char(10) as way,
       date '2024-01-01' + (n * 37 % 900)::integer as ordered_on,
       case when n % 8 > 0 then date '2024-01-05' + (n * 41 % 900)::integer end as shipped_on,
       timestamp '2024-01-01' + n * interval '7.000003 seconds' as changed_at,
       'line ' || n * 31 % 7001 || ' as agreed' as comment
from generate_series(1::bigint, 600000) n;

-- ... and what some hold beside them: identifiers, documents, long texts, lists and bytes, with gaps in all of them.
create type urgency as enum ('low', 'normal', 'high');
create unlogged table records as
select md5(n::text)::uuid as id,
       case when n % 4 > 0 then md5((n / 7)::text)::uuid end as parent_id,
       case when n % 6 > 0 then (enum_range(null::urgency))[1 + n * 7 % 3] end as urgency,
       'Record ' || n || ' on ' || n * 7919 % 90001 as title,
       case when n % 5 > 0 then repeat(md5(n::text) || ', ', 1 + (n % 5)::integer) end as note,
       case when n % 3 > 0 then n * 104729 % 999983 / 13.0 end as measure,
       case when n % 7 > 0 then array['blue', 'n' || n % 800, null] end as labels,
       case when n % 9 > 0 then array[n % 60, n % 7000]::integer[] else '{}' end as counts,
       case when n % 5 = 0 then array[n, -n]::bigint[] end as range,
       timestamptz '2025-03-01 00:00Z' + n * interval '11.000001 seconds' as made_at,
       case when n % 4 = 0 then time '08:00' + n % 30000 * interval '1 second' end as time_of_day,
       jsonb_build_object('n', n, 'kind', 'k' || n % 300, 'inner', jsonb_build_array(n % 5, md5(n::text))) as document,
       case when n % 10 = 0 then jsonb_build_object('by', 'user ' || n % 5000) end as origin,
       case when n % 6 = 0 then decode(md5(n::text), 'hex') end as digest
from generate_series(1::bigint, 300000) n;

create table few as select n as id, 'name ' || n as name from generate_series(1, 10) n;
analyze facts, records, few;
