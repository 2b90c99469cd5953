package dev.larder.console;

import dev.larder.manage.RouteReport;
import dev.larder.manage.SessionReport;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import dev.larder.stats.SessionStats;
import java.util.List;
import java.util.Map;

/** What modules of two nodes have counted. */
final class FakeReports {

  private FakeReports() {}

  static RouteReport routes() {
    return new RouteReport(
        List.of(
            new RouteStats(
                "acme.web.Albums.album(long) /albums/{id}",
                "http.Albums.album",
                9_000,
                120,
                300,
                500,
                40,
                2,
                4_100,
                Map.of("the visitor is logged in", 150L),
                Map.of("status 404", 48L),
                Map.of(),
                7),
            new RouteStats(
                "acme.web.Search.find(String) /search",
                "http.Search.find",
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of("not in the key", 30L),
                Map.of("not in the key", 4L, FakeManagement.EVIL_IMAGE, 1L),
                Map.of("header X-Forwarded-Host", 4L, FakeManagement.EVIL, 1L),
                1_000)),
        List.of(new RequestStats(
            "GET /albums/{id}",
            1_000,
            6_000,
            1_000,
            0,
            12,
            500,
            450,
            1_200_000_000L,
            4_000_000_000L,
            9_000_000_000L)),
        List.of("node-a", "node-b"),
        List.of());
  }

  static SessionReport sessions() {
    String where = "in the database, table larder.session, with a cache in Redis before it";
    return new SessionReport(
        List.of(
            new SessionReport.NodeSessions(
                "node-a",
                List.of(new SessionStats(
                    where, 214, 120, 30, 12, 88, 1, 9_000, 400, 7, 0, 2, false, 0))),
            new SessionReport.NodeSessions(
                "node-b",
                List.of(new SessionStats(
                    where, 214, 100, 20, 8, 77, 0, 8_000, 300, 3, 0, 2, true, 1)))),
        List.of());
  }
}
