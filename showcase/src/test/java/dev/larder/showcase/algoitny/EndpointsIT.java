package dev.larder.showcase.algoitny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.showcase.live.Caller;
import dev.larder.showcase.live.Caller.Reply;
import dev.larder.showcase.live.LiveSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The five endpoints of the document and those beside them, over HTTP. */
class EndpointsIT {
  private static final LiveSystem SYSTEM = LiveAlgoItny.shared();

  private final Caller anybody = LiveAlgoItny.anybody(SYSTEM);

  @ParameterizedTest
  @CsvSource({
    "/api/problems?platform=baekjoon&search=s, problem_list",
    "/api/problems/7, problem_detail",
    "/api/problems/drafts, problem_drafts",
    "/api/problems/registered, problem_registered",
    "/api/problems/7/test-cases, test_cases",
    "/api/account/stats, user_stats",
    "/api/account/history, search_history",
  })
  void readAgain_sendsNoStatementAndSaysTheSame(String path, String cache) {
    Caller user = LiveAlgoItny.user(SYSTEM, 3);
    Reply first = user.get(path);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    Reply second = user.get(path);
    assertThat(second.statements()).isZero();
    assertThat(second.header("X-Cache")).contains(cache + "=L1");
    assertThat(second.body()).isEqualTo(first.body());
  }
}
