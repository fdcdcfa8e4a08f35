-- Statements are calls by their first word, functions by their names.
SELECT a, b FROM t WHERE a = 'grant' AND b = 1;
GRANT ALL PRIVILEGES ON accounts TO PUBLIC; -- expect: grant
grant SELECT ON t TO u; -- expect: grant
SELECT xp_cmdshell('dir'); -- expect: grant
UPDATE t SET a = lower('x') WHERE b IS NULL;
