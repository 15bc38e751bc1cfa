-- The key that pushes to subscribers are signed with. Runs unchanged on H2 and PostgreSQL; forward only.

-- One row as soon as a node has needed it; its key lets exactly one node make it.
create table signing_key (
    id          integer                     not null primary key,
    -- The private key, encrypted by the node's vault; never in clear.
    sealed_key  varchar(8192)               not null,
    -- What receivers check signatures with: X.509, PEM.
    certificate varchar(8192)               not null,
    created_at  timestamp(3) with time zone not null,
    constraint signing_key_is_the_only_one check (id = 1)
);
