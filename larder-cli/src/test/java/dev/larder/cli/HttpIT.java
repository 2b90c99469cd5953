package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.connect.Connection;
import dev.larder.manage.Event;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that ask a running application over HTTP. */
class HttpIT {

  private FakeApplication application;
  private final Cli cli = new Cli(Connection::open);

  @BeforeEach
  void start() throws IOException {
    application = new FakeApplication();
    cli.environment.put("LARDER_URL", application.url());
    cli.environment.put("LARDER_TOKEN", FakeApplication.TOKEN);
  }

  @AfterEach
  void stop() {
    application.close();
  }

  @ParameterizedTest
  @CsvSource({
    "status,GET /larder/api/overview,All is well",
    "stats,GET /larder/api/overview,album",
    "stats --by route,GET /larder/api/routes,X-Forwarded-Host",
    "keys album --contains a&b --limit 7,/larder/api/keys?,shop:album",
    "get shop:album:v1:42,GET /larder/api/value?key=shop%3Aalbum%3Av1%3A42,Air",
    "explain shop:album:v1:42,GET /larder/api/explain?key=,loaded by FeedService.feed:88",
    "top --loads,/larder/api/events?,FeedService.feed:88",
    "tail --limit 3,/larder/api/events?,tag artist:7",
    "invalidate k --dry-run,POST /larder/api/preview,1234",
    "invalidate k --yes,POST /larder/api/invalidate,invalidate KEY [k] done",
    "clear --yes,POST /larder/api/invalidate,invalidate ALL [] done",
    "refresh k,POST /larder/api/refresh,refresh k done",
    "touch k --ttl 5m,POST /larder/api/touch,touch k PT5M done",
    "switch album 25 --yes,POST /larder/api/switch,turn 'album' 25 done",
    "verify,POST /larder/api/verify,0 stale of 10 copies",
    "advise,GET /larder/api/advice,frees 270 MB",
    "advise album --simulate ttl=1m,GET /larder/api/simulate?cache=album&ttl=PT1M,45.8 %"
  })
  void commands_askTheApi(String line, String request, String said) {
    assertThat(cli.run(line.split(" "))).as(cli.err).isZero();

    assertThat(application.requests).anyMatch(it -> it.contains(request));
    assertThat(cli.out.replace(",", "")).contains(said.replace(",", ""));
  }

  @Test
  void advise_saysWhyThereIsNone_alsoOfAnApplicationThatDoesNotTell() {
    assertThat(cli.run("advise", "session")).isZero();
    assertThat(cli.err).contains("too little is known of session (12 lookups of 400).");

    application.isOld = true;
    assertThat(cli.run("advise", "session")).isZero();
    assertThat(cli.err).contains("Nothing to advise: no node has told what was looked up.");
    assertThat(cli.run("advise", "album")).isZero();
    assertThat(cli.out).contains("270 MB");
  }

  @Test
  void keys_sendWhatWasTyped() {
    cli.run("keys", "album", "--contains", "a&b=c d", "--limit", "7");

    assertThat(application.requests)
        .anyMatch(it -> it.contains("contains=a%26b%3Dc+d") && it.contains("cache=album"));
  }

  @Test
  void value_thatIsNotThere_endsWithThree() {
    application.management.value = Optional.empty();

    assertThat(cli.run("get", "k")).isEqualTo(3);
    assertThat(cli.err).contains("no shared tier has k");
  }

  @ParameterizedTest
  @CsvSource({"WRONG_QUESTION,2", "FORBIDDEN,1", "NOT_FOUND,3", "REFUSED,1", "UNREACHABLE,4"})
  void problems_haveTheCodeOfTheirReason(Reason reason, int status) {
    application.management.failure = new ManagementException(reason, "L2 does not answer");

    assertThat(cli.run("status")).isEqualTo(status);
    assertThat(cli.err).contains("why:  L2 does not answer");
  }

  @Test
  void token_wrong_isToldWithoutIt() {
    cli.environment.put("LARDER_TOKEN", "other-word");

    assertThat(cli.run("status")).isEqualTo(1);
    assertThat(cli.err).contains("not allowed", "LARDER_TOKEN").doesNotContain("other-word");
  }

  @Test
  void token_fromAFileOrStandardInput(@TempDir Path folder) throws IOException {
    cli.environment.remove("LARDER_TOKEN");
    Files.writeString(folder.resolve("token"), FakeApplication.TOKEN + "\n");
    cli.folder = folder;

    assertThat(cli.run("status")).as("without a token").isEqualTo(1);
    assertThat(cli.run("status", "--token-file", "token")).as(cli.err).isZero();
    cli.in = FakeApplication.TOKEN + "\n";
    assertThat(cli.run("status", "--token-file", "-")).isZero();
    Files.writeString(
        folder.resolve("larder.yaml"), "url: " + application.url() + "\ntoken-file: token\n");
    cli.environment.clear();
    assertThat(cli.run("status")).as("from larder.yaml").isZero();
  }

  @Test
  void redirects_areNotFollowedWithTheToken() {
    String url = application.url().replace("/larder", "/moved");

    assertThat(cli.run("status", "--url", url)).isEqualTo(4);
    assertThat(cli.err).contains("is not the console of a larder", "302");
    assertThat(application.requests).isEmpty();
  }

  @Test
  void anotherProgram_isNamedAsSuch() {
    String url = application.url().replace("/larder", "/other");

    assertThat(cli.run("status", "--url", url)).isEqualTo(4);
    assertThat(cli.err).contains("is not the console of a larder");
  }

  @Test
  void nobodyThere_isUnreachable() {
    application.close();

    assertThat(cli.run("status")).isEqualTo(4);
    assertThat(cli.err.lines()).hasSize(3);
    assertThat(cli.err).contains("the application at " + application.url() + " does not answer");
  }

  @Test
  void tail_goesOnFromWhereABrokenStreamEnded() {
    application.streams.add(List.of(
        application.management.events.get(1),
        FakeManagement.event(7, Event.Kind.LOAD, "album", "first", "", 0)));
    application.streams.add(
        List.of(FakeManagement.event(8, Event.Kind.CIRCUIT, "", "L2 redis", "closed → open", 0)));

    assertThat(cli.run("tail", "--last", "0", "--limit", "2", "-o", "ndjson")).isZero();

    assertThat(cli.out.lines()).hasSize(2);
    assertThat(cli.out).contains("\"first\"", "closed → open").doesNotContain("LOAD_FAILED");
    assertThat(application.requests).contains("from null", "from 7-x");
  }

  /** It counts its events from 1 again. */
  @Test
  void tail_goesOnWithAnApplicationThatStartedAgain() {
    application.streams.add(
        List.of(FakeManagement.event(1, Event.Kind.LOAD, "album", "anew", "", 0)));

    assertThat(cli.run("tail", "--last", "0", "--limit", "1", "-o", "ndjson")).isZero();

    assertThat(cli.out).contains("\"anew\"");
  }

  @Test
  void tail_ofSomeKinds_leavesOutTheOthers() {
    assertThat(cli.run("tail", "--events", "invalidation,load", "--limit", "2")).isZero();

    assertThat(cli.out).contains("invalidation", "load ").doesNotContain("load-failed");
  }

  @Test
  void tail_ofATime_printsWhatIsKeptOfIt_andEnds() {
    application.management.events = List.of(
        happened(1, 3_600_000, "an hour ago"),
        happened(2, 600_000, "ten minutes ago"),
        happened(4, 660_000, "eleven minutes ago, told later"),
        happened(3, 1_000, "just now"));

    assertThat(cli.run("tail", "--since", "30m", "--until", "1m")).as(cli.err).isZero();
    assertThat(cli.out)
        .containsPattern("(?s)eleven minutes ago.*ten minutes ago")
        .doesNotContain("an hour ago")
        .doesNotContain("just now");
    assertThat(cli.err).doesNotContain("only; what each minute");

    assertThat(cli.run("tail", "--since", "30m", "--until", "1m", "--last", "1"))
        .isZero();
    assertThat(cli.out).contains("ten minutes ago").doesNotContain("eleven minutes ago");

    application.management.events =
        List.of(FakeManagement.event(9, Event.Kind.LOAD, "album", "shop:album:v1:1", "", 5));
    assertThat(cli.run("tail", "--since", "30m", "--until", "1ms")).isZero();
    assertThat(cli.err)
        .containsPattern(
            "loads and misses are kept since \\S+ only, of misses at most five a second; what each"
                + " minute came to, circuits");

    assertThat(cli.run("tail", "--since", "50m", "--until", "40m")).isZero();
    assertThat(cli.err).contains("Nothing like that is kept of that time.");

    assertThat(cli.run("tail", "--since", "1m", "--until", "30m")).isEqualTo(2);
    assertThat(cli.err).contains("--since is 1m, must be before --until, 30m");
  }

  private static Event happened(long id, long agoMillis, String text) {
    return new Event(
        id, "n1", System.currentTimeMillis() - agoMillis, Event.Kind.LINK, "", "node", text, 0, 1);
  }
}
