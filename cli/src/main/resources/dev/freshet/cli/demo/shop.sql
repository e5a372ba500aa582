create type product_category as enum ('kitchen', 'garden', 'books', 'toys', 'tools', 'sports');
create type order_status as enum ('open', 'paid', 'shipped', 'returned', 'cancelled');

create table customers (
    id bigint primary key,
    full_name text not null,
    email text not null,
    phone text,
    date_of_birth date not null,
    iban text,
    street text not null,
    city text not null,
    country char(2) not null,
    newsletter boolean not null,
    preferences jsonb not null,
    created_at timestamptz not null
);
comment on column customers.iban is 'For refunds, where the customer gave one';

create table products (
    id integer primary key,
    sku uuid not null,
    name text not null,
    category product_category not null,
    price numeric(10, 2) not null,
    weight_grams integer not null,
    tags text[] not null,
    active boolean not null,
    updated_at timestamp not null
);
comment on column products.price is 'In euros, taxes included';

create table orders (
    id bigint primary key,
    customer_id bigint not null,
    status order_status not null,
    total numeric(12, 2) not null,
    currency char(3) not null,
    note text,
    placed_at timestamptz not null
);

create table order_lines (
    order_id bigint not null,
    line smallint not null,
    product_id integer not null,
    quantity smallint not null,
    unit_price numeric(10, 2) not null,
    discount real not null,
    primary key (order_id, line)
);

create table task_usage (
    id bigint primary key,
    task_id uuid not null,
    workspace text not null,
    runtime text not null,
    agent text not null,
    project text,
    provider text not null,
    model text not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cache_read_tokens bigint not null,
    cache_write_tokens bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz
);
comment on table task_usage is 'One row per call of a model: facts for a rollup';

create schema demo;
create table demo.progress (changes integer not null);
insert into demo.progress values (0);

create role freshet login;
grant select on customers, products, orders, order_lines, task_usage to freshet;
