-- Topics and their subscriptions. Runs unchanged on H2 and PostgreSQL; forward only.

-- How many topics the account has, as queue_count.
alter table account add column topic_count integer default 0 not null;
alter table account add constraint account_topic_count_is_natural check (topic_count >= 0);

-- A hidden queue keeps the messages of something else, and no client finds it by its name.
alter table queue add column hidden boolean default false not null;
alter table queue drop constraint queue_name_is_unique_in_its_account;
alter table queue add constraint queue_name_is_unique_in_its_account unique (account_id, hidden, name);

create sequence topic_seq start with 1 increment by 1;

create table topic (
    id                   bigint                      not null primary key,
    account_id           varchar(32)                 not null,
    name                 varchar(255)                not null,
    maximum_message_size integer                     not null,
    logging_enabled      boolean                     not null,
    -- How many subscriptions the topic has; its row is where those line up who make or remove them.
    subscription_count   integer                     not null,
    created_at           timestamp(3) with time zone not null,
    last_modified_at     timestamp(3) with time zone not null,
    version              bigint                      not null,
    constraint topic_name_is_unique_in_its_account unique (account_id, name),
    constraint topic_has_an_account foreign key (account_id) references account (id),
    constraint topic_subscription_count_is_natural check (subscription_count >= 0)
);

create table subscription (
    -- That of the hidden queue that keeps its messages.
    id               bigint                      not null primary key,
    topic_id         bigint                      not null,
    account_id       varchar(32)                 not null,
    topic_name       varchar(255)                not null,
    name             varchar(255)                not null,
    endpoint         varchar(2048)               not null,
    filter_tag       varchar(32),
    strategy         varchar(32)                 not null,
    format           varchar(32)                 not null,
    created_at       timestamp(3) with time zone not null,
    last_modified_at timestamp(3) with time zone not null,
    version          bigint                      not null,
    constraint subscription_name_is_unique_in_its_topic unique (topic_id, name),
    constraint subscription_has_a_topic foreign key (topic_id) references topic (id),
    constraint subscription_has_a_queue foreign key (id) references queue (id)
);
