-- After the rows: keys, references, the indexes of the queries.
ALTER TABLE algoitny.app_users ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX app_users_username ON algoitny.app_users (username);
ALTER TABLE algoitny.problems ADD PRIMARY KEY (id);
ALTER TABLE algoitny.test_cases ADD PRIMARY KEY (id);
ALTER TABLE algoitny.search_history ADD PRIMARY KEY (id);

CREATE INDEX problems_newest ON algoitny.problems (completed, created_at DESC, id DESC);
CREATE INDEX problems_of_platform ON algoitny.problems (platform, completed, created_at DESC, id DESC);
CREATE INDEX test_cases_of_problem ON algoitny.test_cases (problem_id, id);
CREATE INDEX search_history_of_user ON algoitny.search_history (user_id, searched_at DESC, id DESC);
CREATE INDEX search_history_of_problem ON algoitny.search_history (problem_id);
CREATE INDEX search_history_latest ON algoitny.search_history (searched_at DESC);

ALTER TABLE algoitny.test_cases ADD FOREIGN KEY (problem_id) REFERENCES algoitny.problems;
ALTER TABLE algoitny.search_history ADD FOREIGN KEY (user_id) REFERENCES algoitny.app_users;


SELECT setval(pg_get_serial_sequence('algoitny.app_users', 'id'), (SELECT max(id) FROM algoitny.app_users));
SELECT setval(pg_get_serial_sequence('algoitny.problems', 'id'), (SELECT max(id) FROM algoitny.problems));
SELECT setval(pg_get_serial_sequence('algoitny.test_cases', 'id'), (SELECT max(id) FROM algoitny.test_cases));
SELECT setval(pg_get_serial_sequence('algoitny.search_history', 'id'), (SELECT max(id) FROM algoitny.search_history));

ANALYZE algoitny.app_users;
ANALYZE algoitny.problems;
ANALYZE algoitny.test_cases;
ANALYZE algoitny.search_history;
