-- The ledger on SQLite; schema.postgresql.sql is its twin. Days are integers like 20230930, instants are
-- microseconds since 1970 (UTC), months are year * 12 + month - 1, bounds are flags: 1 more, 2 less.

CREATE TABLE ledger_indicator (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    measure TEXT NOT NULL CHECK (measure IN ('flow', 'stock', 'distinct', 'reading'))
) STRICT;

-- One approved revision. Its entries are those after the last entry of the posting before it.
CREATE TABLE ledger_posting (
    id INTEGER PRIMARY KEY,
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    record TEXT NOT NULL,
    revision INTEGER NOT NULL,
    reverses INTEGER UNIQUE,
    recorded_at INTEGER NOT NULL,
    commitment TEXT NOT NULL,
    evidence TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    last_entry INTEGER NOT NULL,
    UNIQUE (book, seq),
    UNIQUE (record, revision)
) STRICT;
CREATE INDEX ledger_posting_time ON ledger_posting (recorded_at);

-- sign is -1 for the copy that takes an entry back, so that every counter is a sum.
CREATE TABLE ledger_entry (
    id INTEGER PRIMARY KEY,
    posting INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    region INTEGER NOT NULL,
    pairing INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL CHECK (first_day <= last_day),
    value INTEGER NOT NULL,
    sign INTEGER NOT NULL CHECK (sign IN (1, -1)),
    bound INTEGER NOT NULL CHECK (bound BETWEEN 0 AND 3),
    subject TEXT,
    reverses INTEGER CHECK ((reverses IS NULL) = (sign = 1))
) STRICT;
-- Both cover every question: by place for counties and below, by day for cities and above.
CREATE INDEX ledger_entry_place
    ON ledger_entry (indicator, region, last_day, first_day, pairing, value, sign, bound);
CREATE INDEX ledger_entry_day
    ON ledger_entry (indicator, last_day, region, first_day, pairing, value, sign, bound);
CREATE INDEX ledger_entry_span_last
    ON ledger_entry (indicator, last_day, region, first_day, pairing, value, sign, bound)
    WHERE first_day < last_day;
CREATE INDEX ledger_entry_span_first
    ON ledger_entry (indicator, first_day, region, last_day, pairing, value, sign, bound)
    WHERE first_day < last_day;
CREATE INDEX ledger_entry_subject
    ON ledger_entry (indicator, region, last_day, first_day, pairing, subject, value)
    WHERE subject IS NOT NULL;

CREATE TABLE ledger_declaration (
    id INTEGER PRIMARY KEY,
    posting INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    region INTEGER NOT NULL,
    own INTEGER NOT NULL CHECK (own IN (0, 1)),
    pairing INTEGER NOT NULL,
    start_day INTEGER NOT NULL,
    stop_day INTEGER NOT NULL CHECK (start_day <= stop_day),
    value INTEGER NOT NULL,
    bound INTEGER NOT NULL CHECK (bound BETWEEN 0 AND 3),
    wording TEXT NOT NULL,
    ranges TEXT NOT NULL,
    boxes TEXT NOT NULL,
    reverses INTEGER UNIQUE
) STRICT;
CREATE INDEX ledger_declaration_posting ON ledger_declaration (posting);
CREATE INDEX ledger_declaration_indicator ON ledger_declaration (indicator, id);

-- Rollup. node = the region's first 0, 2, 4 or 6 digits; pairing only at level 6, else 0. month is that of the
-- last day, first_month that of the first. n, neg, more, less are net counts: entries, negative ones, flags.
CREATE TABLE ledger_month (
    level INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    node INTEGER NOT NULL,
    month INTEGER NOT NULL,
    first_month INTEGER NOT NULL,
    pairing INTEGER NOT NULL,
    total INTEGER NOT NULL,
    n INTEGER NOT NULL,
    neg INTEGER NOT NULL,
    more INTEGER NOT NULL,
    less INTEGER NOT NULL,
    PRIMARY KEY (level, indicator, node, month, first_month, pairing)
) STRICT, WITHOUT ROWID;
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
    level INTEGER NOT NULL,
    month INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    node INTEGER NOT NULL,
    pairing INTEGER NOT NULL,
    total INTEGER NOT NULL DEFAULT 0,
    n INTEGER NOT NULL DEFAULT 0,
    neg INTEGER NOT NULL DEFAULT 0,
    more INTEGER NOT NULL DEFAULT 0,
    less INTEGER NOT NULL DEFAULT 0,
    begun INTEGER NOT NULL DEFAULT 0,
    begun_n INTEGER NOT NULL DEFAULT 0,
    begun_neg INTEGER NOT NULL DEFAULT 0,
    begun_more INTEGER NOT NULL DEFAULT 0,
    begun_less INTEGER NOT NULL DEFAULT 0,
    across INTEGER NOT NULL DEFAULT 0,
    across_n INTEGER NOT NULL DEFAULT 0,
    across_neg INTEGER NOT NULL DEFAULT 0,
    adds INTEGER NOT NULL DEFAULT 0,
    adds_more INTEGER NOT NULL DEFAULT 0,
    adds_less INTEGER NOT NULL DEFAULT 0,
    counted INTEGER NOT NULL DEFAULT 0,
    pos INTEGER NOT NULL DEFAULT 0,
    negs INTEGER NOT NULL DEFAULT 0,
    floor INTEGER NOT NULL DEFAULT 0,
    same INTEGER,
    word INTEGER NOT NULL GENERATED ALWAYS AS (CASE
        WHEN neg = 0 AND begun_neg + across_neg = 0
            AND floor > 2 * CASE WHEN same & 1 = 1 THEN same >> 3 ELSE total + adds END + 1
            THEN (floor >> 1) * 8 + 7 - (floor & 1) * 4
        WHEN same & 1 = 1 THEN same
        ELSE (total + adds) * 8
            + CASE WHEN more + adds_more > 0 OR begun_n + across_n > begun_neg + across_neg OR pos > 0
                THEN 2 ELSE 0 END
            + CASE WHEN less + adds_less > 0 OR begun_neg + across_neg > 0 OR negs > 0 THEN 4 ELSE 0 END
        END) STORED,
    rest INTEGER NOT NULL GENERATED ALWAYS AS (CASE
        WHEN counted + begun_n + across_n + pos + negs < 2097152
            THEN counted + (begun_n + across_n) * 2097152 + (pos + negs) * 4398046511104
        ELSE -1 END) STORED,
    PRIMARY KEY (level, indicator, month, node, pairing)
) STRICT, WITHOUT ROWID;

-- Live declarations, one row a range and box (part 0 carries the numbers, the others zeros); see standing.py.
CREATE TABLE ledger_standing (
    declaration INTEGER NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    indicator INTEGER NOT NULL,
    lo INTEGER NOT NULL,
    hi INTEGER NOT NULL,
    e_lo INTEGER NOT NULL,
    e_hi INTEGER NOT NULL,
    w_lo INTEGER NOT NULL,
    w_hi INTEGER NOT NULL,
    start_day INTEGER NOT NULL,
    stop_day INTEGER NOT NULL,
    stock INTEGER NOT NULL,
    value INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    held_more INTEGER NOT NULL,
    held_less INTEGER NOT NULL,
    over_pos INTEGER NOT NULL,
    over_neg INTEGER NOT NULL,
    inner_adds INTEGER NOT NULL,
    inner_more INTEGER NOT NULL,
    inner_less INTEGER NOT NULL,
    crosses INTEGER NOT NULL,
    stands INTEGER NOT NULL,
    adds INTEGER NOT NULL,
    more INTEGER NOT NULL,
    less INTEGER NOT NULL,
    PRIMARY KEY (declaration, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_standing_place ON ledger_standing (
    indicator, lo, hi, start_day, stop_day, e_lo, e_hi, w_lo, w_hi,
    adds, more, less, value, bound, stands, crosses, parts);
CREATE INDEX ledger_standing_days ON ledger_standing (
    indicator, stop_day, start_day, lo, hi, e_lo, e_hi, w_lo, w_hi,
    adds, more, less, value, bound, stands, crosses, parts);
-- The few that are never summed blindly: they cross another or have several parts.
CREATE INDEX ledger_standing_risky ON ledger_standing (indicator) WHERE crosses > 0 OR parts > 1;

-- Those a cell does not weigh: they cross another, have several parts, or reach over years.
CREATE INDEX ledger_standing_apart ON ledger_standing (indicator, stop_day, start_day, lo, hi, adds, crosses, parts)
    WHERE crosses > 0 OR parts > 1 OR stock = 0 AND start_day / 10000 < stop_day / 10000;

-- What is submitted and not yet approved (含待审核): no hash, deleted on approval or return.
CREATE TABLE ledger_pending (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    reverses INTEGER,
    declarations TEXT NOT NULL
) STRICT;
CREATE TABLE ledger_pending_entry (
    id INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    indicator INTEGER NOT NULL,
    region INTEGER NOT NULL,
    pairing INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    value INTEGER NOT NULL,
    sign INTEGER NOT NULL,
    bound INTEGER NOT NULL,
    subject TEXT
) STRICT;
CREATE INDEX ledger_pending_entry_record ON ledger_pending_entry (record);
CREATE INDEX ledger_pending_entry_place
    ON ledger_pending_entry (indicator, region, last_day, first_day, pairing, value, sign, bound);

-- Append-only. The insert triggers demand the next number, so REPLACE cannot slip past them either.
CREATE TRIGGER ledger_indicator_update BEFORE UPDATE ON ledger_indicator
BEGIN SELECT RAISE(ABORT, 'ledger_indicator is append-only'); END;
CREATE TRIGGER ledger_indicator_delete BEFORE DELETE ON ledger_indicator
BEGIN SELECT RAISE(ABORT, 'ledger_indicator is append-only'); END;
CREATE TRIGGER ledger_indicator_insert BEFORE INSERT ON ledger_indicator
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM ledger_indicator)
    OR EXISTS (SELECT 1 FROM ledger_indicator WHERE code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'ledger_indicator is append-only'); END;
CREATE TRIGGER ledger_posting_update BEFORE UPDATE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger_posting is append-only'); END;
CREATE TRIGGER ledger_posting_delete BEFORE DELETE ON ledger_posting
BEGIN SELECT RAISE(ABORT, 'ledger_posting is append-only'); END;
CREATE TRIGGER ledger_posting_insert BEFORE INSERT ON ledger_posting
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM ledger_posting)
    OR EXISTS (SELECT 1 FROM ledger_posting WHERE book = NEW.book AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM ledger_posting WHERE record = NEW.record AND revision = NEW.revision)
    OR EXISTS (SELECT 1 FROM ledger_posting WHERE reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'ledger_posting is append-only'); END;
CREATE TRIGGER ledger_entry_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_entry_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_entry_insert BEFORE INSERT ON ledger_entry
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM ledger_entry)
BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_declaration_update BEFORE UPDATE ON ledger_declaration
BEGIN SELECT RAISE(ABORT, 'ledger_declaration is append-only'); END;
CREATE TRIGGER ledger_declaration_delete BEFORE DELETE ON ledger_declaration
BEGIN SELECT RAISE(ABORT, 'ledger_declaration is append-only'); END;
CREATE TRIGGER ledger_declaration_insert BEFORE INSERT ON ledger_declaration
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM ledger_declaration)
    OR EXISTS (SELECT 1 FROM ledger_declaration WHERE reverses = NEW.reverses)
BEGIN SELECT RAISE(ABORT, 'ledger_declaration is append-only'); END;
