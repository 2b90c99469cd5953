package dev.larder.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Refuses a server whose entries others keep in other databases than this process would. It would look
 * for them in the wrong place, and what is worse, delete there: an entry that stays in the right place
 * after its key was invalidated would be served for as long as nobody remembers the invalidation.
 *
 * <p>The first process to connect says which purposes have which databases, in a key beside the log
 * that never expires. Two commands for each new connection.
 */
record SameDatabases(RedisLog.Keys keys, Databases databases)
    implements Function<RedisLink.Connection, CompletionStage<?>> {

  @Override
  public CompletionStage<?> apply(RedisLink.Connection connection) {
    byte[] own = databases.text().getBytes(StandardCharsets.UTF_8);
    var unused = connection.commands().set(keys.databases(), own, SetArgs.Builder.nx());
    return connection.commands().get(keys.databases()).thenApply(said -> {
      if (said != null && !Arrays.equals(said, own)) {
        throw new RedisException("the caches have databases of their own as "
            + new String(said, StandardCharsets.UTF_8) + " says in " + keys.databases()
            + ", and here " + databases.text() + " is configured; configure the same, or stop all"
            + " processes and delete " + keys.databases() + " and " + keys.log());
      }
      return said;
    });
  }
}
