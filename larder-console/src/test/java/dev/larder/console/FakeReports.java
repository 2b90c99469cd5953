package dev.larder.console;

import dev.larder.manage.Advice;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.RouteReport;
import dev.larder.manage.SessionReport;
import dev.larder.manage.Simulation;
import dev.larder.stats.RequestStats;
import dev.larder.stats.RouteStats;
import dev.larder.stats.SessionStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What two nodes have counted, and what comes of it. */
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

  static AdviceReport advice(boolean isAdvised) {
    return new AdviceReport(
        isAdvised
            ? List.of(
                new Advice(
                    "search",
                    Advice.Kind.TTL,
                    "71 % of entries die unread: ttl 5 min to 1 min frees 270 MB, hit ratio 46.1 to 45.8 %",
                    Map.of("ttl", "1m"),
                    9_100),
                new Advice(
                    "feed",
                    Advice.Kind.NO_TAGS,
                    "No tag ends its entries: only time does",
                    Map.of(),
                    400))
            : List.of(),
        List.of(
            new AdviceReport.Sample("album", 12, 180_000, "12 lookups of 400"),
            new AdviceReport.Sample("feed", 400, 900_000, "")),
        List.of("n7"));
  }

  static Simulation simulation(String cache, @Nullable Duration ttl, @Nullable Long l1MaxEntries) {
    return new Simulation(
        cache,
        new Simulation.Figures(300_000, 10_000, 0.461, 0.382, 41_000, 338_000_000),
        new Simulation.Figures(
            ttl == null ? 300_000 : ttl.toMillis(),
            l1MaxEntries == null ? 10_000 : l1MaxEntries,
            0.458,
            0.379,
            8_300,
            68_000_000),
        0.464,
        12_345,
        0.016,
        840_000,
        2,
        List.of());
  }
}
