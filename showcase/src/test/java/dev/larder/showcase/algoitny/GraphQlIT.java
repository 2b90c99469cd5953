package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The same data by GraphQL: whole responses, one field, a DataLoader, and what is one user's alone. */
class GraphQlIT {
  private static final LiveSystem SYSTEM = LiveAlgoItny.shared();
  private static final String PAGE = "{ problems(platform: \"baekjoon\", page: 1)"
      + " { total problems { id title testCases { input } } } }";

  private final Caller anybody = LiveAlgoItny.anybody(SYSTEM);
  private final Caller admin = LiveAlgoItny.admin(SYSTEM);

  @BeforeEach
  void clear() {
    admin.json("DELETE", "/api/admin/caches", "");
  }

  private static Reply ask(Caller caller, String query) {
    Reply reply = caller.json(
        "POST", "/graphql", JsonMapper.shared().writeValueAsString(Map.of("query", query)));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().has("errors")).as(reply.body()).isFalse();
    return reply;
  }

  @Test
  void response_isStoredWholeAndEndsWithWhatItWasMadeOf() {
    Reply first = ask(anybody, PAGE);
    assertThat(first.statements()).isPositive();
    Reply again = ask(anybody, PAGE.replace(" ", "  "));
    assertThat(again.header("X-Cache")).isEqualTo("graphql=L1");
    assertThat(again.body()).isEqualTo(first.body());
    int id = first.json().at("/data/problems/problems/0/id").asInt();
    Reply added = admin.json(
        "POST",
        "/api/admin/problems/" + id + "/test-cases",
        "{\"input\":\"just added\",\"output\":\"1\"}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(ask(anybody, PAGE).body()).contains("just added");
  }

  @Test
  void dataLoader_readsAPageOfTestCasesByOneStatementAndThoseItLacksAlone() {
    Reply first = ask(anybody, PAGE);
    assertThat(first.header("X-Cache")).contains("test_cases=load x20");
    assertThat(first.statements()).as("count, page, and all test cases").isEqualTo(3);
    int id = first.json().at("/data/problems/problems/3/id").asInt();
    admin.json("POST", "/api/admin/invalidations", "{\"pattern\":\"graphql*\"}");
    admin.json("POST", "/api/admin/invalidations", "{\"problem\":" + id + "}");
    Reply second = ask(anybody, PAGE);
    assertThat(second.header("X-Cache")).contains("test_cases=L1 x19, load");
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void field_hasACacheOfItsOwn() {
    String query = "{ problem(id: 7) { title statistics { attempts languages { name } } } }";
    Reply first = ask(anybody, query);
    assertThat(first.header("X-Cache")).contains("Problem.statistics=load");
    admin.json("POST", "/api/admin/invalidations", "{\"pattern\":\"graphql*\"}");
    Reply second = ask(anybody, query);
    assertThat(second.header("X-Cache"))
        .contains("Problem.statistics=L1", "problem_detail=L1", "graphql=load");
    assertThat(second.statements()).isZero();
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void whatIsOneUsers_isNeverAnothers() {
    String query = "{ myStats { attempts } }";
    Caller two = loggedIn(2);
    Caller twenty = loggedIn(20);
    String mine = ask(two, query).body();
    assertThat(ask(two, query).header("X-Cache")).isEqualTo("graphql-user=L1");
    assertThat(ask(twenty, query).body()).isNotEqualTo(mine);
    assertThat(ask(anybody, query).json().at("/data/myStats").isNull()).isTrue();
    assertThat(ask(two, query).body()).isEqualTo(mine);
  }

  private Caller loggedIn(int user) {
    String name = SYSTEM
        .servers()
        .jdbc()
        .sql("SELECT username FROM algoitny.app_users WHERE id = ?")
        .param(user)
        .query(String.class)
        .single();
    String cookie = anybody.form("/login", "username=" + name).header("Set-Cookie");
    return anybody.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
  }

  @Test
  void wrongValue_isToldAndStoredNowhere() {
    Reply refused = anybody.json(
        "POST",
        "/graphql",
        JsonMapper.shared()
            .writeValueAsString(Map.of("query", "{ problems(platform: \"x\") { total } }")));
    assertThat(refused.json().at("/errors/0/message").asString()).contains("platform is x");
    assertThat(refused.header("X-Cache")).doesNotContain("=L1");
  }
}
