package dev.larder.showcase.simlane;

import dev.larder.showcase.scoreboard.Answer;
import dev.larder.showcase.scoreboard.Asked;
import dev.larder.showcase.scoreboard.Asked.Request;
import dev.larder.showcase.scoreboard.Findings;
import dev.larder.showcase.scoreboard.Subject;
import dev.larder.showcase.scoreboard.SubjectClient;
import dev.larder.showcase.simlane.data.DataSet;
import dev.larder.showcase.simlane.data.Invented;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is measured of SimLane: public pages and answers for visitors who are not logged in, and the pages
 * of a member. The document's goals: 40 to 60 % fewer statements, pages 30 to 50 % faster, more than
 * 80 % of lookups hits, twice as many users.
 */
public final class SimLaneSubject implements Subject {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern MEMBERS = Pattern.compile("\"members\":(\\d+)");
  private static final double PAGES_FASTER = 0.3;
  private static final int MOST = 200;

  private final Map<Integer, Login> logins = new ConcurrentHashMap<>();
  private volatile DataSet data = new DataSet(1, 0, "");

  /** A session's cookie, and the token of its forms. */
  private record Login(Map<String, String> cookie, String token) {}

  @Override
  public String name() {
    return "simlane";
  }

  @Override
  public String title() {
    return "SimLane";
  }

  @Override
  public List<Asked> rows(SubjectClient client, double scale) {
    data = new DataSet(scale, 0, "");
    logins.clear();
    Map<String, String> member = logIn(client, "member").cookie();
    int clubs = Math.min(MOST, data.clubs());
    int profiles = Math.min(MOST, data.profiles());
    int lists = Math.min(MOST, data.profiles() / 25);
    return List.of(
        new Asked(
            "profiles",
            "Profiles",
            lists,
            i -> Request.of("/profiles?page=" + i),
            20,
            PAGES_FASTER),
        new Asked(
            "profile",
            "Profile",
            profiles,
            i -> Request.of("/profiles/" + Invented.simulator(1 + i) + "/p" + (1 + i)),
            20,
            PAGES_FASTER),
        new Asked(
            "search",
            "Search",
            26,
            i -> Request.of("/search?q=" + (char) ('a' + i)),
            5,
            PAGES_FASTER),
        new Asked(
            "club",
            "Club, a user's",
            clubs,
            i -> new Request("/clubs/" + (1 + i), member),
            25,
            PAGES_FASTER),
        new Asked(
            "event",
            "Event, a user's",
            clubs,
            i -> new Request("/events/" + (1 + 10 * i), member),
            10,
            PAGES_FASTER),
        new Asked("api-club", "API club", clubs, i -> Request.of("/api/clubs/" + (1 + i)), 10, 0),
        new Asked(
            "api-event",
            "API event",
            clubs,
            i -> Request.of("/api/events/" + (1 + 10 * i)),
            10,
            0));
  }

  private static Login logIn(SubjectClient client, String username) {
    Answer form = client.get(Request.of("/login"));
    Answer done = client.form(
        "/login",
        cookie(form),
        "username=" + username + "&password=" + Invented.PASSWORD + "&_csrf=" + token(form.body()));
    Map<String, String> cookie = cookie(done);
    return new Login(cookie, token(client.get(new Request("/clubs", cookie)).body()));
  }

  private static Map<String, String> cookie(Answer answer) {
    String set = answer
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow(() -> new IllegalStateException("SimLane set no cookie: " + answer.status()));
    return Map.of("Cookie", set.split(";", 2)[0]);
  }

  private static String token(String page) {
    Matcher token = TOKEN.matcher(page);
    if (!token.find()) {
      throw new IllegalStateException("a page of SimLane has no form with a token");
    }
    return token.group(1);
  }

  /** Joins a club of the writer's own, and leaves it; not as the one whose pages are measured. */
  @Override
  public int change(
      SubjectClient client, SplittableRandom random, int writer, int writers, Findings findings) {
    Login login = logins.computeIfAbsent(writer, own -> logIn(client, "clubadmin"));
    int club = 2 + writer % (data.clubs() - 1);
    int before = members(client, club);
    turn(client, login, club, "join");
    look(client, login, club, "Member", before + 1, findings);
    turn(client, login, club, "leave");
    look(client, login, club, "Visitor", before, findings);
    return 2;
  }

  private static void turn(SubjectClient client, Login login, int club, String what) {
    client.form("/clubs/" + club + "/" + what, login.cookie(), "_csrf=" + login.token());
  }

  private static void look(
      SubjectClient client, Login login, int club, String role, int members, Findings findings) {
    String page = client.get(new Request("/clubs/" + club, login.cookie())).body();
    findings.look(page.contains("data-role>" + role + "<"), "role in club " + club);
    findings.look(page.contains("data-members>" + members + "<"), "figures of club " + club);
    findings.look(members(client, club) == members, "API figures of club " + club);
  }

  private static int members(SubjectClient client, int club) {
    Matcher members =
        MEMBERS.matcher(client.get(Request.of("/api/clubs/" + club)).body());
    return members.find() ? Integer.parseInt(members.group(1)) : -1;
  }

  @Override
  public Goals goals() {
    return new Goals(0.4, 0.8, 2);
  }
}
