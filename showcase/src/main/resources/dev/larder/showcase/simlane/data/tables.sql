-- Without keys and indexes: indexes.sql makes them once the rows are there.
CREATE SCHEMA simlane;
CREATE TABLE simlane.data_set (description text NOT NULL);
CREATE TABLE simlane.users (
  id bigint NOT NULL, username text NOT NULL, display_name text NOT NULL, email text NOT NULL,
  password text NOT NULL, admin boolean NOT NULL);
CREATE TABLE simlane.circuits (
  id bigint NOT NULL, slug text NOT NULL, name text NOT NULL, place text NOT NULL, country text NOT NULL);
CREATE TABLE simlane.sim_profiles (
  id bigint NOT NULL, simulator text NOT NULL, identifier text NOT NULL, user_id bigint,
  name text NOT NULL, country text NOT NULL, rating int NOT NULL, bio text NOT NULL);
CREATE TABLE simlane.results (
  id bigint NOT NULL, profile_id bigint NOT NULL, season int NOT NULL, race text NOT NULL,
  position int NOT NULL, points int NOT NULL);
CREATE TABLE simlane.clubs (
  id bigint NOT NULL, name text NOT NULL, description text NOT NULL, country text NOT NULL);
CREATE TABLE simlane.club_members (
  id bigint NOT NULL, club_id bigint NOT NULL, user_id bigint NOT NULL, role text NOT NULL,
  joined_at timestamptz NOT NULL);
CREATE TABLE simlane.teams (
  id bigint NOT NULL, club_id bigint NOT NULL, name text NOT NULL, car text NOT NULL);
CREATE TABLE simlane.team_seats (
  id bigint NOT NULL, team_id bigint NOT NULL, club_id bigint NOT NULL, seat int NOT NULL, user_id bigint);
CREATE TABLE simlane.events (
  id bigint NOT NULL, club_id bigint NOT NULL, circuit_id bigint NOT NULL, name text NOT NULL,
  starts_at timestamptz NOT NULL, hours int NOT NULL);
CREATE TABLE simlane.participations (
  id bigint NOT NULL, event_id bigint NOT NULL, user_id bigint NOT NULL, status text NOT NULL,
  free_from int NOT NULL, free_to int NOT NULL);
