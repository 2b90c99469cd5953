package dev.larder.showcase.simlane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who is shown what is kept, where it lies, and how an administrator turns it off. */
class LayersIT {
  private static LiveSystem live;
  private static Visitor anybody;
  private static Visitor admin;

  @BeforeAll
  static void start() {
    live = LiveSystem.start(SimLaneApplication.class, LiveSystem.PATIENT);
    anybody = Visitor.of(live.anybody());
    admin = Visitor.loggedIn(live.anybody(), "admin");
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @AfterEach
  void allOn() {
    Larder larder = live.part(Larder.class);
    larder.switches().all().on();
    larder
        .switches()
        .limited()
        .keySet()
        .forEach(name -> larder.switches().cache(name).on());
  }

  // ---- who

  @Test
  void anonymousPages_areKeptForEachLanguage() {
    Reply english = anybody.get("/profiles?page=1", "en");
    Reply german = anybody.get("/profiles?page=1", "de");
    assertThat(english.body()).contains("lang=\"en\"").contains("Log in");
    assertThat(german.body()).contains("lang=\"de\"").contains("Anmelden").doesNotContain("Log in");
    assertThat(english.header("Vary")).contains("Accept-Language");
    for (String language : List.of("en", "de")) {
      Reply again = anybody.get("/profiles?page=1", language);
      assertThat(again.header("Cache-Status")).contains("; hit");
      assertThat(again.statements()).isZero();
      assertThat(again.body()).contains("lang=\"" + language + "\"");
    }
  }

  @Test
  void aUsersPage_isNeverStored_norAnsweredFromWhatIs() {
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    Reply own = member.get("/profiles?page=2");
    assertThat(own.header("Cache-Status")).contains("bypass");
    assertThat(own.header("Cache-Control")).contains("no-store");
    assertThat(own.body()).contains("data-me");
    Reply first = anybody.get("/profiles?page=2");
    assertThat(first.header("Cache-Status")).contains("fwd=miss");
    assertThat(first.body()).doesNotContain("data-me").doesNotContain("_csrf");
    assertThat(anybody.isKept("/profiles?page=2")).isTrue();
    assertThat(member.get("/profiles?page=2").body()).contains("data-me");
    assertThat(member.get("/api/clubs").header("Cache-Status")).contains("bypass");
  }

  @Test
  void navigation_isEachUsersOwn() {
    Visitor one = Visitor.loggedIn(live.anybody(), "manager");
    Visitor two = Visitor.loggedIn(live.anybody(), "member");
    for (int round = 0; round < 2; round++) {
      assertThat(one.get("/clubs").body()).contains("data-me>" + displayName(3));
      assertThat(two.get("/clubs").body()).contains("data-me>" + displayName(4));
      assertThat(anybody.get("/clubs").body()).doesNotContain("data-me").contains("Log in");
      assertThat(admin.get("/clubs").body()).contains("/simlane/caches");
      assertThat(two.get("/clubs").body()).doesNotContain("/simlane/caches");
    }
    assertThat(two.caches("/clubs")).containsEntry("user_nav", "L1");
  }

  /** On a miss of one role and on hits of the others. */
  @Test
  void membersOfAClub_areShownByRole() {
    Visitor manager = Visitor.loggedIn(live.anybody(), "manager");
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    for (int round = 0; round < 2; round++) {
      assertThat(manager.get("/clubs/1").body()).contains("@simlane.example");
      assertThat(member.get("/clubs/1").body())
          .doesNotContain("@simlane.example")
          .contains("joined");
      assertThat(admin.get("/clubs/1").body())
          .doesNotContain("@simlane.example")
          .doesNotContain("joined");
    }
    assertThat(member.caches("/clubs/1")).containsEntry("members_section", "L1");
    Visitor other = Visitor.loggedIn(live.anybody(), "clubadmin");
    assertThat(other.caches("/clubs/1")).containsEntry("stats_section", "L1");
  }

  @Test
  void clubsAndEvents_areForUsers_andCachesForTheAdministrator() {
    assertThat(anybody.get("/clubs/1").header("Location")).endsWith("/login");
    assertThat(anybody.get("/events/1").header("Location")).endsWith("/login");
    assertThat(anybody.get("/api/admin/caches").status()).isEqualTo(401);
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    assertThat(member.get("/caches").status()).isEqualTo(403);
    member.get("/clubs/1");
    assertThat(member.post("/caches/clear", "").status()).isEqualTo(403);
    assertThat(member.post("/caches/switch", "percent=0").status()).isEqualTo(403);
    assertThat(member.get("/clubs/1/manage").status()).isEqualTo(403);
    assertThat(admin.postWithoutToken("/caches/switch", "percent=0").status()).isEqualTo(403);
    assertThat(live.part(Larder.class).switches().all().percent()).isEqualTo(100);
  }

  @Test
  void faults_areNotKept() {
    assertThat(anybody.get("/profiles/gridline/nobody").status()).isEqualTo(404);
    assertThat(anybody.get("/api/clubs/999999").status()).isEqualTo(404);
    assertThat(anybody.get("/api/clubs/999999").header("Cache-Status")).doesNotContain("hit");
    assertThat(anybody.get("/profiles?page=-1").status()).isEqualTo(400);
    assertThat(anybody.get("/api/profiles?page=401").status()).isEqualTo(400);
  }

  // ---- administration

  private void act(String path, String fields) {
    admin.get("/caches");
    assertThat(admin.post(path, fields).status()).isEqualTo(302);
  }

  @Test
  void killSwitch_sendsEverythingToTheDatabase_andNothingIsStaleAfterwards() {
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    String page = "/profiles/gridline/p4";
    member.get("/clubs/3");
    anybody.get(page);
    assertThat(anybody.isKept(page)).isTrue();

    act("/caches/switch", "percent=0");
    Reply off = anybody.get(page);
    assertThat(off.header("Cache-Status")).contains("fwd=bypass; detail=\"switched off\"");
    assertThat(off.header("X-Cache")).isEmpty();
    assertThat(off.statements()).isPositive();
    assertThat(member.get("/clubs/3").header("X-Cache")).isEmpty();
    assertThat(member.get("/clubs/3").statements()).isGreaterThan(4);
    member.get(page + "/edit");
    assertThat(member.post(page + "/edit", "name=Meanwhile&bio=").status()).isEqualTo(302);
    assertThat(anybody.get(page).body()).contains("Meanwhile");

    act("/caches/switch", "percent=100");
    Reply on = anybody.get(page);
    assertThat(on.header("Cache-Status")).contains("fwd=miss");
    assertThat(on.body()).contains("Meanwhile");
    assertThat(member.caches("/clubs/3").values()).containsOnly("L1");
  }

  @Test
  void eachRequest_saysWhatItDidWithCaches_andTheAdministratorSeesTheSum() {
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    member.get("/clubs/7");
    Reply again = member.get("/clubs/7");
    assertThat(again.header("Server-Timing")).matches("cache;desc=\"L1 \\d+\";dur=0\\.\\d\\d.*");
    anybody.get("/profiles/apexpro/p5");
    Reply page = anybody.get("/profiles/apexpro/p5");
    assertThat(page.header("Cache-Status")).contains("; hit");
    assertThat(page.header("Server-Timing")).startsWith("cache;desc=\"L1 1\";dur=0.");
    await().untilAsserted(() -> {
      JsonNode requests = admin.get("/api/admin/requests").json();
      assertThat(requests)
          .anySatisfy(line -> {
            assertThat(line.get("route").asString()).isEqualTo("GET /clubs/{club}");
            assertThat(line.get("requests").asLong()).isGreaterThanOrEqualTo(2);
            assertThat(line.get("hits").asLong()).isPositive();
          })
          .noneSatisfy(line -> assertThat(line.get("route").asString()).contains("apexpro"));
    });
    assertThat(admin.get("/caches").body()).contains("GET /clubs/{club}");
    assertThat(anybody.get("/api/admin/requests").status()).isNotEqualTo(200);
  }

  @Test
  void oneCache_isSwitchedAlone_andItsFragmentStillEndsWithIt() {
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    act("/caches/switch", "name=club_members&percent=0");
    member.get("/clubs/5");
    assertThat(member.caches("/clubs/5"))
        .containsEntry("members_section", "L1")
        .doesNotContainKey("club_members");
    Visitor manager = Visitor.loggedIn(live.anybody(), "manager");
    manager.get("/clubs/5");
    assertThat(manager.post("/clubs/5/join", "").status()).isEqualTo(302);
    assertThat(member.caches("/clubs/5")).containsEntry("members_section", "load");
    assertThat(member.get("/clubs/5").body()).contains(displayName(3));
    assertThat(admin.get("/caches").body()).contains("data-percent>0 %");
    assertThat(line("club_members").get("passes").asLong()).isPositive();
    assertThat(admin.get("/caches").status()).isEqualTo(200);
    assertThat(admin.post("/caches/switch", "name=nothing&percent=0").status()).isEqualTo(404);
    assertThat(admin.post("/caches/switch", "percent=101").status()).isEqualTo(400);
  }

  @Test
  void percentage_isTheSamePagesEachTime() {
    act("/caches/switch", "name=http.PublicPages.profile&percent=50");
    List<String> pages = Stream.iterate(1, i -> i + 4)
        .limit(50)
        .map(i -> "/profiles/apexpro/p" + i)
        .toList();
    pages.forEach(anybody::get);
    List<String> kept = pages.stream().filter(anybody::isKept).toList();
    assertThat(kept).hasSizeBetween(12, 38);
    assertThat(pages.stream().filter(anybody::isKept)).containsExactlyElementsOf(kept);
  }

  @Test
  void clear_empties_andLogsNobodyOut_warmFills() {
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    member.get("/clubs/1");
    act("/caches/clear", "");
    assertThat(member.caches("/clubs/1"))
        .containsEntry("stats_section", "load")
        .containsEntry("club", "load")
        .containsEntry("user_nav", "load");

    act("/caches/clear", "");
    act("/caches/warm", "name=club_members");
    assertThat(member.caches("/clubs/1"))
        .containsEntry("club_members", "L1")
        .containsEntry("club_teams", "load");

    act("/caches/clear", "name=club_teams");
    assertThat(member.caches("/clubs/1")).containsEntry("teams_section", "load");
    assertThat(line("club_teams").get("misses").asLong()).isPositive();
    assertThat(line("club_teams").get("layer").asString()).isEqualTo("query");
    assertThat(line("stats_section").get("layer").asString()).isEqualTo("fragment");
  }

  private JsonNode line(String cache) {
    for (JsonNode each : admin.get("/api/admin/caches").json().get("caches")) {
      if (each.get("name").asString().equals(cache)) {
        return each;
      }
    }
    throw new AssertionError("no cache " + cache);
  }

  // ---- where it lies

  @Test
  void redisDatabases_holdWhatTheyAreFor() {
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    member.get("/clubs/1");
    anybody.get("/about");
    anybody.get("/api/clubs/1");
    Map<Integer, List<String>> keys = new HashMap<>();
    for (int database = 0; database <= 5; database++) {
      keys.put(database, keysIn(database));
    }
    assertThat(keys.get(0)).isEmpty();
    assertThat(keys.get(1)).isNotEmpty().allMatch(key -> key.contains("simlane-session"));
    assertThat(keys.get(2))
        .anyMatch(key -> key.startsWith("simlane:view/http.PublicPages.about:v1:"));
    assertThat(keys.get(2)).anyMatch(key -> key.startsWith("simlane:fragment/stats_section:v1:1"));
    // The log and its markers lie there too.
    assertThat(keys.get(2))
        .allMatch(key -> key.startsWith("simlane:view/")
            || key.startsWith("simlane:fragment/")
            || key.startsWith("{larder:simlane}:"));
    assertThat(keys.get(3)).isNotEmpty().allMatch(key -> key.startsWith("simlane:query/"));
    assertThat(keys.get(4)).isNotEmpty().allMatch(key -> key.startsWith("simlane:api/"));
    assertThat(keys.get(5)).isEmpty();
  }

  private static List<String> keysIn(int database) {
    var address = RedisURI.create(live.servers().redis().uri());
    address.setDatabase(database);
    var client = RedisClient.create(address);
    try (var connection = client.connect()) {
      return connection.sync().keys("*");
    } finally {
      client.shutdown();
    }
  }

  /** Another version of a cache does not see this one's entries, nor end them. */
  @Test
  void newVersionOfACache_beginsEmptyBesideTheOldOne() {
    Visitor member = Visitor.loggedIn(live.anybody(), "member");
    act("/caches/clear", "name=club_members");
    act("/caches/warm", "name=club_members");
    Map<String, Object> properties = new HashMap<>(LiveSystem.PATIENT);
    properties.put("larder.caches.club_members.version", "2");
    try (LiveSystem next = LiveSystem.on(live.servers(), SimLaneApplication.class, properties)) {
      Visitor there = member.at(next.anybody());
      assertThat(there.get("/clubs/1/manage").status()).isEqualTo(403);
      Visitor manager = Visitor.loggedIn(next.anybody(), "manager");
      assertThat(manager.caches("/clubs/1/manage"))
          .containsEntry("club_members", "load")
          .containsEntry("club_teams", "L2");
    }
    assertThat(keysIn(3)).anyMatch(key -> key.startsWith("simlane:query/club_members:v1:"));
    assertThat(keysIn(3)).anyMatch(key -> key.startsWith("simlane:query/club_members:v2:"));
  }

  private static String displayName(long user) {
    return live.servers()
        .jdbc()
        .sql("SELECT display_name FROM simlane.users WHERE id = ?")
        .param(user)
        .query(String.class)
        .single();
  }
}
