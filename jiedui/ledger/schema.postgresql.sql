-- The ledger on PostgreSQL; schema.sqlite.sql is its twin. Days are integers like 20230930, instants are
-- microseconds since 1970 (UTC), months are year * 12 + month - 1, bounds are flags: 1 more, 2 less.

CREATE TABLE ledger_indicator (
    id bigint PRIMARY KEY,
    code text NOT NULL UNIQUE,
    measure text NOT NULL CHECK (measure IN ('flow', 'stock', 'distinct', 'reading'))
);

-- One approved revision. Its entries are those after the last entry of the posting before it.
CREATE TABLE ledger_posting (
    id bigint PRIMARY KEY,
    book text NOT NULL,
    seq integer NOT NULL,
    record text NOT NULL,
    revision integer NOT NULL,
    reverses bigint UNIQUE,
    recorded_at bigint NOT NULL,
    commitment text NOT NULL,
    evidence text NOT NULL,
    prev text NOT NULL,
    hash text NOT NULL,
    last_entry bigint NOT NULL,
    UNIQUE (book, seq),
    UNIQUE (record, revision)
);
CREATE INDEX ledger_posting_time ON ledger_posting (recorded_at);

-- sign is -1 for the copy that takes an entry back, so that every counter is a sum.
CREATE TABLE ledger_entry (
    id bigint PRIMARY KEY,
    posting bigint NOT NULL,
    indicator smallint NOT NULL,
    region bigint NOT NULL,
    pairing bigint NOT NULL,
    first_day integer NOT NULL,
    last_day integer NOT NULL CHECK (first_day <= last_day),
    value bigint NOT NULL,
    sign smallint NOT NULL CHECK (sign IN (1, -1)),
    bound smallint NOT NULL CHECK (bound BETWEEN 0 AND 3),
    subject text,
    reverses bigint CHECK ((reverses IS NULL) = (sign = 1))
);
-- Both cover every question: by place for counties and below, by day for cities and above.
CREATE INDEX ledger_entry_place
    ON ledger_entry (indicator, region, last_day)
    INCLUDE (first_day, pairing, value, sign, bound, id);
CREATE INDEX ledger_entry_day
    ON ledger_entry (indicator, last_day, region)
    INCLUDE (first_day, pairing, value, sign, bound, id);
CREATE INDEX ledger_entry_span_last
    ON ledger_entry (indicator, last_day, region)
    INCLUDE (first_day, pairing, value, sign, bound, id) WHERE first_day < last_day;
CREATE INDEX ledger_entry_span_first
    ON ledger_entry (indicator, first_day, region)
    INCLUDE (last_day, pairing, value, sign, bound, id) WHERE first_day < last_day;
CREATE INDEX ledger_entry_subject
    ON ledger_entry (indicator, region, last_day)
    INCLUDE (first_day, pairing, subject, value, id) WHERE subject IS NOT NULL;

CREATE TABLE ledger_declaration (
    id bigint PRIMARY KEY,
    posting bigint NOT NULL,
    indicator smallint NOT NULL,
    region bigint NOT NULL,
    own smallint NOT NULL CHECK (own IN (0, 1)),
    pairing bigint NOT NULL,
    start_day integer NOT NULL,
    stop_day integer NOT NULL CHECK (start_day <= stop_day),
    value bigint NOT NULL,
    bound smallint NOT NULL CHECK (bound BETWEEN 0 AND 3),
    wording text NOT NULL,
    ranges text NOT NULL,
    boxes text NOT NULL,
    reverses bigint UNIQUE
);
CREATE INDEX ledger_declaration_posting ON ledger_declaration (posting);
CREATE INDEX ledger_declaration_indicator ON ledger_declaration (indicator, id);

-- Rollup. node = the region's first 0, 2, 4 or 6 digits; pairing only at level 6, else 0. month is that of the
-- last day, first_month that of the first. n, neg, more, less are net counts: entries, negative ones, flags.
CREATE TABLE ledger_month (
    level smallint NOT NULL,
    indicator smallint NOT NULL,
    node integer NOT NULL,
    month integer NOT NULL,
    first_month integer NOT NULL,
    pairing bigint NOT NULL,
    total bigint NOT NULL,
    n integer NOT NULL,
    neg integer NOT NULL,
    more integer NOT NULL,
    less integer NOT NULL,
    PRIMARY KEY (level, indicator, node, month, first_month, pairing)
);
CREATE INDEX ledger_month_wide
    ON ledger_month (level, indicator, node, month, first_month, pairing, total, n, neg)
    WHERE first_month < month;

-- What January..month holds, for every month (counties: every December), so that a year or a year
-- to date is one row. pairing -1 is all of them; single ones stand at level 6 only. The entries inside; those that
-- begin before January and end inside (begun); those that begin by the month's end and end after it (across).
-- Then what the declarations weigh that cross no other, have one part and lie in one year or are a stock's: those
-- inside (adds, adds_more, adds_less, counted), pos and negs as cells.py reads them, the greatest of them as `floor`
-- (twice its value, one more unless 约) and the one that states just this place and window as `same`
-- (value * 8 + bound * 2 + stands).
-- Out of these the answer for a flow, worked out when the row is written as it is read far more often: `word` is value
-- * 8 + bound * 2, and 1 more where a declaration states the value; `rest`, mostly 0, is declarations, cut entries
-- and cut declarations as the digits of a number to the base 2^21, or -1 where they are too many for that.
CREATE TABLE ledger_running (
    level smallint NOT NULL,
    month integer NOT NULL,
    indicator smallint NOT NULL,
    node integer NOT NULL,
    pairing bigint NOT NULL,
    total bigint NOT NULL DEFAULT 0,
    n integer NOT NULL DEFAULT 0,
    neg integer NOT NULL DEFAULT 0,
    more integer NOT NULL DEFAULT 0,
    less integer NOT NULL DEFAULT 0,
    begun bigint NOT NULL DEFAULT 0,
    begun_n integer NOT NULL DEFAULT 0,
    begun_neg integer NOT NULL DEFAULT 0,
    begun_more integer NOT NULL DEFAULT 0,
    begun_less integer NOT NULL DEFAULT 0,
    across bigint NOT NULL DEFAULT 0,
    across_n integer NOT NULL DEFAULT 0,
    across_neg integer NOT NULL DEFAULT 0,
    adds bigint NOT NULL DEFAULT 0,
    adds_more integer NOT NULL DEFAULT 0,
    adds_less integer NOT NULL DEFAULT 0,
    counted integer NOT NULL DEFAULT 0,
    pos integer NOT NULL DEFAULT 0,
    negs integer NOT NULL DEFAULT 0,
    floor bigint NOT NULL DEFAULT 0,
    same bigint,
    word bigint NOT NULL GENERATED ALWAYS AS (CASE
        WHEN neg = 0 AND begun_neg + across_neg = 0
            AND floor > 2 * CASE WHEN same & 1 = 1 THEN same >> 3 ELSE total + adds END + 1
            THEN (floor >> 1) * 8 + 7 - (floor & 1) * 4
        WHEN same & 1 = 1 THEN same
        ELSE (total + adds) * 8
            + CASE WHEN more + adds_more > 0 OR begun_n + across_n > begun_neg + across_neg OR pos > 0
                THEN 2 ELSE 0 END
            + CASE WHEN less + adds_less > 0 OR begun_neg + across_neg > 0 OR negs > 0 THEN 4 ELSE 0 END
        END) STORED,
    rest bigint NOT NULL GENERATED ALWAYS AS (CASE
        WHEN counted + begun_n + across_n + pos + negs < 2097152
            THEN counted + (begun_n + across_n) * 2097152::bigint + (pos + negs) * 4398046511104
        ELSE -1 END) STORED,
    PRIMARY KEY (level, indicator, month, node, pairing)
) WITH (fillfactor = 70);

-- Live declarations, one row a range and box (part 0 carries the numbers, the others zeros); see standing.py.
CREATE TABLE ledger_standing (
    declaration bigint NOT NULL,
    part smallint NOT NULL,
    parts smallint NOT NULL,
    indicator smallint NOT NULL,
    lo bigint NOT NULL,
    hi bigint NOT NULL,
    e_lo integer NOT NULL,
    e_hi integer NOT NULL,
    w_lo integer NOT NULL,
    w_hi integer NOT NULL,
    start_day integer NOT NULL,
    stop_day integer NOT NULL,
    stock smallint NOT NULL,
    value bigint NOT NULL,
    bound smallint NOT NULL,
    touched bigint NOT NULL,
    held_more bigint NOT NULL,
    held_less bigint NOT NULL,
    over_pos bigint NOT NULL,
    over_neg bigint NOT NULL,
    inner_adds bigint NOT NULL,
    inner_more bigint NOT NULL,
    inner_less bigint NOT NULL,
    crosses integer NOT NULL,
    stands smallint NOT NULL,
    adds bigint NOT NULL,
    more integer NOT NULL,
    less integer NOT NULL,
    PRIMARY KEY (declaration, part)
);
CREATE INDEX ledger_standing_place ON ledger_standing (
    indicator, lo, hi, start_day, stop_day, e_lo, e_hi, w_lo, w_hi,
    adds, more, less, value, bound, stands, crosses, parts);
CREATE INDEX ledger_standing_days ON ledger_standing (
    indicator, stop_day, start_day, lo, hi, e_lo, e_hi, w_lo, w_hi,
    adds, more, less, value, bound, stands, crosses, parts);
-- The few that are never summed blindly: they cross another or have several parts.
CREATE INDEX ledger_standing_risky ON ledger_standing (indicator) WHERE crosses > 0 OR parts > 1;

-- Those a cell does not weigh: they cross another, have several parts, or reach over years.
CREATE INDEX ledger_standing_apart ON ledger_standing (indicator, stop_day, start_day)
    INCLUDE (lo, hi, adds, crosses, parts, declaration)
    WHERE crosses > 0 OR parts > 1 OR stock = 0 AND start_day / 10000 < stop_day / 10000;

-- What is submitted and not yet approved (含待审核): no hash, deleted on approval or return.
CREATE TABLE ledger_pending (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record text NOT NULL UNIQUE,
    revision integer NOT NULL,
    reverses bigint,
    declarations text NOT NULL
);
CREATE TABLE ledger_pending_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record text NOT NULL,
    indicator smallint NOT NULL,
    region bigint NOT NULL,
    pairing bigint NOT NULL,
    first_day integer NOT NULL,
    last_day integer NOT NULL,
    value bigint NOT NULL,
    sign smallint NOT NULL,
    bound smallint NOT NULL,
    subject text
);
CREATE INDEX ledger_pending_entry_record ON ledger_pending_entry (record);
CREATE INDEX ledger_pending_entry_place
    ON ledger_pending_entry (indicator, region, last_day, first_day, pairing, value, sign, bound);

-- Append-only: nobody updates, deletes or truncates; INSERT … ON CONFLICT DO UPDATE is an update.
CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_indicator_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_indicator
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_declaration_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_declaration
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
