package dev.larder.showcase.simlane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.live.LiveSystem;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every write ends what {@code Tags} says of it, in all layers, and nothing else. */
class TriggersIT {
  private static LiveSystem live;
  private static Visitor anybody;
  private static Visitor admin;
  private static Visitor clubAdmin;
  private static Visitor manager;
  private static Visitor member;

  @BeforeAll
  static void start() {
    live = LiveSystem.start(SimLaneApplication.class, LiveSystem.PATIENT);
    anybody = Visitor.of(live.anybody());
    admin = Visitor.loggedIn(live.anybody(), "admin");
    clubAdmin = Visitor.loggedIn(live.anybody(), "clubadmin");
    manager = Visitor.loggedIn(live.anybody(), "manager");
    member = Visitor.loggedIn(live.anybody(), "member");
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  private static void warm(Visitor visitor, String... paths) {
    for (String path : paths) {
      visitor.get(path);
      assertThat(visitor.caches(path).values())
          .as("%s is warm", path)
          .isNotEmpty()
          .doesNotContain("load");
    }
  }

  private static void saved(Visitor visitor, String page, String path, String fields) {
    visitor.get(page);
    assertThat(visitor.post(path, fields).status()).isEqualTo(302);
  }

  @Test
  void memberSaved_endsMembersAndFiguresOfTheClubAndTheUsersNavigation() {
    warm(admin, "/clubs/2", "/clubs/3", "/clubs");
    warm(member, "/clubs/2", "/clubs");
    warm(
        anybody,
        "/api/clubs/2",
        "/api/clubs/2/teams",
        "/api/clubs/2/events",
        "/api/clubs/3",
        "/profiles",
        "/search?q=a");

    saved(member, "/clubs/2", "/clubs/2/join", "");

    assertThat(admin.caches("/clubs/2"))
        .containsEntry("stats_section", "load")
        .containsEntry("members_section", "load")
        .containsEntry("teams_section", "L1")
        .containsEntry("events_section", "L1")
        .containsEntry("member_role", "L1")
        .containsEntry("user_nav", "L1");
    assertThat(admin.caches("/clubs/3").values()).containsOnly("L1");
    assertThat(member.caches("/clubs/2"))
        .containsEntry("member_role", "load")
        .containsEntry("user_nav", "load");
    assertThat(member.get("/clubs/2").body()).contains("data-role>Member<");
    assertThat(anybody.isKept("/api/clubs/2")).isFalse();
    for (String path : new String[] {
      "/api/clubs/2/teams", "/api/clubs/2/events", "/api/clubs/3", "/profiles", "/search?q=a"
    }) {
      assertThat(anybody.isKept(path)).as(path).isTrue();
    }
  }

  @Test
  void memberDeleted_endsTheSame() {
    saved(member, "/clubs/4", "/clubs/4/join", "");
    warm(admin, "/clubs/4");
    warm(member, "/clubs/4");

    saved(member, "/clubs/4", "/clubs/4/leave", "");

    assertThat(admin.caches("/clubs/4"))
        .containsEntry("members_section", "load")
        .containsEntry("stats_section", "load")
        .containsEntry("teams_section", "L1");
    assertThat(member.get("/clubs/4").body()).contains("data-role>Visitor<");
  }

  @Test
  void roleGiven_isSeenAtOnceByTheOneWhoHasIt() {
    long membership =
        number("SELECT id FROM simlane.club_members WHERE club_id = 1 AND user_id = 4");
    warm(member, "/clubs/1");
    warm(manager, "/clubs/1");
    assertThat(member.get("/clubs/1").body()).doesNotContain("data-email");

    saved(clubAdmin, "/clubs/1/manage", "/clubs/1/members/" + membership, "role=MANAGER");

    assertThat(member.get("/clubs/1").body()).contains("data-role>Manager<").contains("data-email");
    assertThat(manager.caches("/clubs/1")).containsEntry("teams_section", "L1");
    saved(clubAdmin, "/clubs/1/manage", "/clubs/1/members/" + membership, "role=MEMBER");
    assertThat(member.get("/clubs/1").body()).doesNotContain("data-email");
  }

  @Test
  void seatTaken_endsFormationsAndFigures() {
    long seat = number("SELECT min(id) FROM simlane.team_seats WHERE club_id = 1");
    warm(manager, "/clubs/1", "/clubs/5");
    warm(
        anybody, "/api/clubs/1/teams", "/api/clubs/1", "/api/clubs/1/events", "/api/clubs/5/teams");

    saved(manager, "/clubs/1/manage", "/clubs/1/seats/" + seat, "driver=4");

    assertThat(manager.caches("/clubs/1"))
        .containsEntry("teams_section", "load")
        .containsEntry("stats_section", "load")
        .containsEntry("members_section", "L1")
        .containsEntry("events_section", "L1");
    assertThat(manager.caches("/clubs/5").values()).containsOnly("L1");
    assertThat(anybody.isKept("/api/clubs/1/teams")).isFalse();
    assertThat(anybody.isKept("/api/clubs/1")).isFalse();
    assertThat(anybody.isKept("/api/clubs/1/events")).isTrue();
    assertThat(anybody.isKept("/api/clubs/5/teams")).isTrue();
  }

  @Test
  void participationSaved_endsParticipationAndOverlapsOfTheEvent() {
    warm(member, "/events/61", "/events/62");
    warm(anybody, "/api/events/61", "/api/events/62", "/api/clubs/7", "/api/clubs/7/events");

    saved(member, "/events/61", "/events/61/participation", "from=3&to=5");

    assertThat(member.caches("/events/61"))
        .containsEntry("participation_section", "load")
        .containsEntry("event_participation", "load")
        .containsEntry("availability_overlap", "load")
        .containsEntry("event", "L1");
    assertThat(member.get("/events/61").body()).contains("3–5");
    assertThat(member.caches("/events/62").values()).containsOnly("L1");
    assertThat(anybody.isKept("/api/events/61")).isFalse();
    assertThat(anybody.isKept("/api/events/62")).isTrue();
    assertThat(anybody.isKept("/api/clubs/7")).isTrue();
    assertThat(anybody.isKept("/api/clubs/7/events")).isTrue();

    saved(member, "/events/61", "/events/61/withdrawal", "");
    assertThat(member.get("/events/61").body()).doesNotContain("3–5");
  }

  @Test
  void eventSaved_endsTheEventAndTheListsItIsIn() {
    warm(manager, "/events/3", "/events/4", "/clubs/1");
    warm(anybody, "/api/events/3", "/api/events/4", "/api/clubs/1/events", "/api/clubs/1/teams");

    saved(manager, "/events/3", "/events/3/name", "name=Midnight%20Trophy");

    assertThat(manager.caches("/events/3"))
        .containsEntry("event", "load")
        .containsEntry("participation_section", "L1");
    assertThat(manager.caches("/events/4").values()).containsOnly("L1");
    assertThat(manager.caches("/clubs/1"))
        .containsEntry("events_section", "load")
        .containsEntry("teams_section", "L1")
        .containsEntry("members_section", "L1");
    assertThat(manager.get("/clubs/1").body()).contains("Midnight Trophy");
    assertThat(anybody.get("/api/events/3").body()).contains("Midnight Trophy");
    assertThat(anybody.isKept("/api/events/4")).isTrue();
    assertThat(anybody.get("/api/clubs/1/events").body()).contains("Midnight Trophy");
    assertThat(anybody.isKept("/api/clubs/1/teams")).isTrue();
  }

  @Test
  void profileSaved_endsItsPageTheListsAndTheSearchesThatFoundIt() {
    String found = "/search?q=" + name("gridline", "p4");
    String other = "/search?q=" + name("gridline", "p8");
    warm(
        anybody,
        "/profiles",
        "/profiles/gridline/p4",
        "/profiles/gridline/p8",
        found,
        other,
        "/about",
        "/api/profiles",
        "/api/profiles/gridline/p4",
        "/api/profiles/gridline/p8",
        "/api/clubs/1");

    saved(
        member,
        "/profiles/gridline/p4/edit",
        "/profiles/gridline/p4/edit",
        "name=Zuzu%20Quick&bio=New.");

    assertThat(anybody.get("/profiles/gridline/p4").body()).contains("Zuzu Quick");
    assertThat(anybody.get("/api/profiles/gridline/p4").body()).contains("Zuzu Quick");
    assertThat(anybody.isKept("/profiles")).isFalse();
    assertThat(anybody.isKept("/api/profiles")).isFalse();
    assertThat(anybody.get(found).body()).doesNotContain("p4\"");
    assertThat(anybody.get("/search?q=zuzu").body()).contains("Zuzu Quick");
    for (String path : new String[] {
      "/profiles/gridline/p8", other, "/about", "/api/profiles/gridline/p8", "/api/clubs/1"
    }) {
      assertThat(anybody.isKept(path)).as(path).isTrue();
    }
  }

  /** Nothing is written, so nothing ends. */
  @Test
  void refusedWrite_endsNothing() {
    warm(manager, "/clubs/6", "/events/51");
    warm(anybody, "/profiles/gridline/p12", "/api/clubs/6");
    member.get("/profiles/gridline/p12/edit");
    Map<String, String> writes = Map.of(
        "/profiles/gridline/p12/edit", "name=Mine&bio=",
        "/events/51/name", "name=Mine",
        "/events/51/participation", "from=9&to=9",
        "/clubs/6/members/1", "role=ADMIN");
    writes.forEach((path, fields) ->
        assertThat(member.post(path, fields).status()).as(path).isBetween(400, 404));
    assertThat(manager.caches("/clubs/6").values()).containsOnly("L1");
    assertThat(manager.caches("/events/51").values()).containsOnly("L1");
    assertThat(anybody.isKept("/profiles/gridline/p12")).isTrue();
    assertThat(anybody.isKept("/api/clubs/6")).isTrue();
  }

  private static long number(String sql) {
    return live.servers().jdbc().sql(sql).query(Long.class).single();
  }

  private static String name(String simulator, String identifier) {
    return live.servers()
        .jdbc()
        .sql("SELECT name FROM simlane.sim_profiles WHERE simulator = ? AND identifier = ?")
        .params(simulator, identifier)
        .query(String.class)
        .single()
        .replace(" ", "%20");
  }
}
