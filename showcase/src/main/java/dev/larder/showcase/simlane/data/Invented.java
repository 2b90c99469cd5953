package dev.larder.showcase.simlane.data;

import dev.larder.showcase.data.CopyStream;
import dev.larder.showcase.data.Names;
import dev.larder.showcase.data.PairSet;
import dev.larder.showcase.data.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Invents the rows, adds those of the racing file, and streams them into the tables. User 1 is the
 * administrator; users 2, 3 and 4 are admin, manager and member of club 1. Everybody's password is
 * {@value #PASSWORD}.
 */
public final class Invented {
  /** Everybody's. */
  public static final String PASSWORD = "simlane";

  /** The simulator that imported drivers have profiles of. */
  static final String ARCHIVE = "archive";

  private static final String[] SIMULATORS = {"gridline", "apexpro", "rallyforge", "ovalmaster"};
  private static final String[] COUNTRIES = {"nordavia", "estora", "valdera", "kestrel", "miravel"};
  private static final String[] CARS = {"GT3", "GT4", "LMP2", "TCR", "Formula 4"};
  private static final String[] KINDS = {"Sprint", "Enduro", "Night Race", "Cup", "Trophy"};
  private static final String[] STATUSES = {"confirmed", "confirmed", "signed-up", "reserve"};
  private static final Instant NOW = Instant.parse("2025-07-01T18:00:00Z");
  private static final int DAY = 86_400;
  private static final int CIRCUITS = 40;
  private static final int SEATS = 4;
  private static final int RESULTS_EACH = 3;

  private final DataSet wanted;
  private final RacingFile racing;
  private final SplittableRandom random;
  private final Names names;

  /** For one data set. */
  public Invented(DataSet wanted, RacingFile racing) {
    this.wanted = wanted;
    this.racing = racing;
    random = new SplittableRandom(wanted.seed());
    names = new Names(random.split());
  }

  /** The simulator of an invented profile. */
  public static String simulator(int profile) {
    return SIMULATORS[profile % SIMULATORS.length];
  }

  /** Writes all of it. */
  public void write(DataSource target, Progress progress) throws SQLException {
    try (Connection connection = target.getConnection()) {
      users(connection);
      progress.at("rows", 1, 7);
      circuits(connection);
      profiles(connection);
      progress.at("rows", 2, 7);
      results(connection);
      progress.at("rows", 3, 7);
      clubs(connection);
      teams(connection);
      progress.at("rows", 4, 7);
      memberships(connection);
      progress.at("rows", 5, 7);
      events(connection);
      progress.at("rows", 6, 7);
      participations(connection);
      progress.at("rows", 7, 7);
    }
  }

  private void users(Connection connection) throws SQLException {
    // One hash for all: forty thousand would take longer than all the rest.
    String hash = new BCryptPasswordEncoder().encode(PASSWORD);
    CopyStream rows = new CopyStream(
        connection,
        "simlane.users",
        "id",
        "username",
        "display_name",
        "email",
        "password",
        "admin");
    for (int id = 1; id <= wanted.users(); id++) {
      String username = switch (id) {
        case 1 -> "admin";
        case 2 -> "clubadmin";
        case 3 -> "manager";
        case 4 -> "member";
        default -> names.username(id);
      };
      rows.number(id)
          .text(username)
          .text(id == 1 ? "The administrator" : names.displayName())
          .text(username + "@simlane.example")
          .text(hash)
          .flag(id == 1)
          .endRow();
    }
    rows.finish();
  }

  private void circuits(Connection connection) throws SQLException {
    CopyStream rows =
        new CopyStream(connection, "simlane.circuits", "id", "slug", "name", "place", "country");
    for (int id = 1; id <= CIRCUITS; id++) {
      String name = names.displayName().replace(' ', '-') + " Ring";
      rows.number(id)
          .text("circuit-" + id)
          .text(name)
          .text(names.place())
          .text(pick(COUNTRIES))
          .endRow();
    }
    long id = CIRCUITS;
    for (RacingFile.Circuit each : racing.circuits()) {
      rows.number(++id)
          .text(each.id())
          .text(each.name())
          .text(each.place())
          .text(each.country())
          .endRow();
    }
    rows.finish();
  }

  private void profiles(Connection connection) throws SQLException {
    CopyStream rows = new CopyStream(
        connection,
        "simlane.sim_profiles",
        "id",
        "simulator",
        "identifier",
        "user_id",
        "name",
        "country",
        "rating",
        "bio");
    for (int id = 1; id <= wanted.profiles(); id++) {
      rows.number(id)
          .text(simulator(id))
          .text("p" + id)
          .number((id - 1) % wanted.users() + 1)
          .text(names.displayName())
          .text(pick(COUNTRIES))
          .number(800 + random.nextInt(4_000))
          .text("Drives " + pick(CARS) + ", mostly at the weekend.")
          .endRow();
    }
    long id = wanted.profiles();
    for (RacingFile.Driver each : racing.drivers()) {
      rows.number(++id)
          .text(ARCHIVE)
          .text(each.id())
          .nothing()
          .text(each.name())
          .text(each.country())
          .number(0)
          .text(racing.source())
          .endRow();
    }
    rows.finish();
  }

  private void results(Connection connection) throws SQLException {
    CopyStream rows = new CopyStream(
        connection, "simlane.results", "id", "profile_id", "season", "race", "position", "points");
    long id = 0;
    for (int profile = 1; profile <= wanted.profiles(); profile++) {
      for (int i = 0; i < RESULTS_EACH; i++) {
        int position = random.nextInt(25);
        rows.number(++id)
            .number(profile)
            .number(2021 + random.nextInt(4))
            .text("circuit-" + (1 + random.nextInt(CIRCUITS)))
            .number(position)
            .number(position == 0 ? 0 : Math.max(0, 26 - position))
            .endRow();
      }
    }
    Map<String, Long> drivers = new HashMap<>();
    for (RacingFile.Driver each : racing.drivers()) {
      drivers.put(each.id(), wanted.profiles() + drivers.size() + 1L);
    }
    for (RacingFile.Result each : racing.results()) {
      rows.number(++id)
          .number(drivers.getOrDefault(each.driver(), 0L))
          .number(each.season())
          .text(each.race())
          .number(each.position())
          .number(each.points())
          .endRow();
    }
    rows.finish();
  }

  private void clubs(Connection connection) throws SQLException {
    CopyStream rows =
        new CopyStream(connection, "simlane.clubs", "id", "name", "description", "country");
    for (int id = 1; id <= wanted.clubs(); id++) {
      String name = names.displayName();
      rows.number(id)
          .text(name.substring(0, name.indexOf(' ')) + " Racing " + id)
          .text("We race " + pick(CARS) + " on " + pick(SIMULATORS) + ".")
          .text(pick(COUNTRIES))
          .endRow();
    }
    rows.finish();
  }

  private void teams(Connection connection) throws SQLException {
    CopyStream teams = new CopyStream(connection, "simlane.teams", "id", "club_id", "name", "car");
    for (int id = 1; id <= wanted.teams(); id++) {
      int number = (id - 1) % SEATS;
      teams
          .number(id)
          .number(clubOf(id, 4))
          .text("Team " + "ABCD".substring(number, number + 1))
          .text(pick(CARS))
          .endRow();
    }
    teams.finish();
    CopyStream seats = new CopyStream(
        connection, "simlane.team_seats", "id", "team_id", "club_id", "seat", "user_id");
    long id = 0;
    for (int team = 1; team <= wanted.teams(); team++) {
      for (int seat = 1; seat <= SEATS; seat++) {
        seats.number(++id).number(team).number(clubOf(team, 4)).number(seat);
        if (random.nextInt(4) == 0) {
          seats.nothing().endRow();
        } else {
          seats.number(1 + random.nextInt(wanted.users())).endRow();
        }
      }
    }
    seats.finish();
  }

  /** Clubs have admins, managers and members: one of ten is either of the first. */
  private void memberships(Connection connection) throws SQLException {
    CopyStream rows = new CopyStream(
        connection, "simlane.club_members", "id", "club_id", "user_id", "role", "joined_at");
    PairSet pairs = new PairSet(wanted.memberships());
    long id = 0;
    for (String role : new String[] {"ADMIN", "MANAGER", "MEMBER"}) {
      pairs.add(1, (int) id + 2);
      id++;
      rows.number(id).number(1).number(id + 1).text(role).time(NOW).endRow();
    }
    for (int i = 0; i < wanted.memberships(); i++) {
      int club = i % wanted.clubs() + 1;
      int user = 5 + random.nextInt(wanted.users() - 4);
      if (pairs.add(club, user)) {
        int share = random.nextInt(20);
        rows.number(++id)
            .number(club)
            .number(user)
            .text(share == 0 ? "ADMIN" : share < 3 ? "MANAGER" : "MEMBER")
            .time(NOW.minusSeconds(random.nextInt(900 * DAY / 100) * 100L))
            .endRow();
      }
    }
    rows.finish();
  }

  private void events(Connection connection) throws SQLException {
    CopyStream rows = new CopyStream(
        connection, "simlane.events", "id", "club_id", "circuit_id", "name", "starts_at", "hours");
    int circuits = CIRCUITS + racing.circuits().size();
    for (int id = 1; id <= wanted.events(); id++) {
      rows.number(id)
          .number(clubOf(id, 10))
          .number(1 + random.nextInt(circuits))
          .text(pick(KINDS) + " " + String.format(Locale.ROOT, "%02d", (id - 1) % 10 + 1))
          .time(NOW.plusSeconds((random.nextInt(120) - 60L) * DAY))
          .number(2 + random.nextInt(23))
          .endRow();
    }
    rows.finish();
  }

  private void participations(Connection connection) throws SQLException {
    CopyStream rows = new CopyStream(
        connection,
        "simlane.participations",
        "id",
        "event_id",
        "user_id",
        "status",
        "free_from",
        "free_to");
    PairSet pairs = new PairSet(wanted.participations());
    long id = 0;
    for (int i = 0; i < wanted.participations(); i++) {
      int event = i % wanted.events() + 1;
      int user = 1 + random.nextInt(wanted.users());
      if (pairs.add(event, user)) {
        int from = random.nextInt(20);
        rows.number(++id)
            .number(event)
            .number(user)
            .text(pick(STATUSES))
            .number(from)
            .number(from + 1 + random.nextInt(24 - from))
            .endRow();
      }
    }
    rows.finish();
  }

  private static int clubOf(int id, int each) {
    return (id - 1) / each + 1;
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
