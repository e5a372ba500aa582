-- new customers
insert into customers
select 10000 + 40 * ${change} + g, 'Nadia Newcomer ' || g, 'nadia' || 40 * ${change} + g || '@example.org', null,
       date '1990-01-01' + g, null, 'Harbour Lane ' || g, 'Lisbon', 'PT', g % 2 = 0, '{"theme": "dark"}',
       timestamptz '2026-07-01 00:00Z' + ${change} * interval '1 hour'
from generate_series(1, 40) g;

-- customers erased
delete from customers where id % 1000 = ${change} % 1000;

-- prices changed
update products
set price = round(price * 1.03, 2), updated_at = timestamp '2026-07-01 00:00' + ${change} * interval '1 hour'
where id % 50 = ${change} % 50;

-- new orders
insert into orders
select 50000 + 150 * ${change} + g, 1 + (7919::bigint * (150 * ${change} + g)) % 10000, 'open', 0, 'EUR', null,
       timestamptz '2026-07-01 00:00Z' + ${change} * interval '1 hour' + g * interval '20 seconds'
from generate_series(1, 150) g;

-- new order lines
insert into order_lines
select o.id, n, p.id, 1 + (o.id + n) % 4, p.price, 0
from orders o
cross join generate_series(1, 3) n
join products p on p.id = 1 + (o.id * 31 + n * 17) % 2000
where o.id > 50000 + 150 * ${change} and o.id <= 50000 + 150 * (${change} + 1);

-- orders paid
update orders o
set status = 'paid',
    total = (select coalesce(sum(l.quantity * l.unit_price), 0) from order_lines l where l.order_id = o.id)
where o.status = 'open' and o.id > 50000;

-- orders shipped
update orders set status = 'shipped' where status = 'paid' and id % 60 = ${change} % 60;

-- orders cancelled
update orders set status = 'cancelled' where status = 'paid' and id % 200 = ${change} % 200;

-- order lines deleted
delete from order_lines l
using orders o
where o.id = l.order_id and o.status = 'cancelled' and o.id % 120 = ${change} % 120;

-- orders deleted
delete from orders where status = 'cancelled' and id % 120 = ${change} % 120;

-- new facts
insert into task_usage
select 40000 + 200 * ${change} + g, md5((200 * ${change} + g) || 'task')::uuid, 'workspace-' || 1 + g % 5, 'cloud',
       'reviewer', case when g % 3 > 0 then 'freshet' end, 'acme', 'acme-large', 900 + g, 80 + g, 4000, 0,
       timestamptz '2026-07-01 00:00Z' + ${change} * interval '1 hour' + g * interval '15 seconds', null
from generate_series(1, 200) g;

update demo.progress set changes = ${change}
