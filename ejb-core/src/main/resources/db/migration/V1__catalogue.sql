-- The catalogue's first schema. Runs unchanged on H2 and PostgreSQL; forward only.

create table account (
    id             varchar(32)                 not null primary key,
    label          varchar(255)                not null,
    logging_bucket varchar(256)                not null,
    -- How many queues the account has; its row is where creators and deleters of queues line up.
    queue_count    integer                     not null,
    created_at     timestamp(3) with time zone not null,
    version        bigint                      not null,
    constraint account_queue_count_is_natural check (queue_count >= 0)
);

create sequence access_key_seq start with 1 increment by 1;

create table access_key (
    id            bigint                      not null primary key,
    key_id        varchar(128)                not null,
    account_id    varchar(32)                 not null,
    -- The secret, encrypted by the node's vault; never in clear.
    sealed_secret varchar(1024)               not null,
    enabled       boolean                     not null,
    created_at    timestamp(3) with time zone not null,
    version       bigint                      not null,
    constraint access_key_is_unique unique (key_id),
    constraint access_key_has_an_account foreign key (account_id) references account (id)
);

create index access_key_by_account on access_key (account_id);

create sequence console_user_seq start with 1 increment by 1;

create table console_user (
    id              bigint                      not null primary key,
    name            varchar(64)                 not null,
    password_hash   varchar(255)                not null,
    role            varchar(32)                 not null,
    account_id      varchar(32),
    wrong_passwords integer                     not null,
    locked_until    timestamp(3) with time zone,
    created_at      timestamp(3) with time zone not null,
    version         bigint                      not null,
    constraint console_user_name_is_unique unique (name),
    constraint console_user_has_an_account foreign key (account_id) references account (id)
);

-- Ids are never handed out twice: stored messages carry them.
create sequence queue_seq start with 1 increment by 1;

create table queue (
    id                   bigint                      not null primary key,
    account_id           varchar(32)                 not null,
    name                 varchar(255)                not null,
    delay_seconds        integer                     not null,
    maximum_message_size integer                     not null,
    retention_seconds    integer                     not null,
    visibility_seconds   integer                     not null,
    polling_wait_seconds integer                     not null,
    logging_enabled      boolean                     not null,
    partitions           integer                     not null,
    created_at           timestamp(3) with time zone not null,
    last_modified_at     timestamp(3) with time zone not null,
    version              bigint                      not null,
    constraint queue_name_is_unique_in_its_account unique (account_id, name),
    constraint queue_has_an_account foreign key (account_id) references account (id),
    constraint queue_has_a_partition check (partitions >= 1)
);

-- One row as soon as the first start is complete; its key lets exactly one node win.
create table first_start (
    id               integer                     not null primary key,
    -- Tells whether a node has the master key that the secrets above are encrypted with.
    master_key_check varchar(64)                 not null,
    completed_at     timestamp(3) with time zone not null,
    constraint first_start_happens_once check (id = 1)
);
