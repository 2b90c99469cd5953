package dev.larder.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scripts and bundles of commands on a link.
 *
 * <p>A script is called by its digest; where the server does not know it, having restarted or having
 * been told to forget, by its text, which it then remembers. Redis 6.2 has no functions.
 */
final class Calls {

  private final RedisLink link;

  Calls(RedisLink link) {
    this.link = link;
  }

  /** Keys and arguments for one run of a script. */
  record Run(String[] keys, byte[]... arguments) {}

  /** Runs a script that returns a number. One round trip. */
  CompletionStage<Boolean> isOne(Script script, Run run) {
    return this.<Long, Boolean>script(script, ScriptOutputType.INTEGER, run, Calls::isOne);
  }

  /** Runs a script that returns a list of strings. One round trip. */
  <T extends @Nullable Object> CompletionStage<T> list(
      Script script, Run run, Function<List<byte[]>, T> result) {
    return script(script, ScriptOutputType.MULTI, run, result);
  }

  /** Runs a script many times with one flush: whether each run returned 1, in order. */
  CompletionStage<List<Boolean>> areOne(Script script, List<Run> runs) {
    List<AsyncCommand<String, byte[], Long>> commands = new ArrayList<>(runs.size());
    for (Run run : runs) {
      CommandArgs<String, byte[]> arguments = new CommandArgs<>(RedisLink.CODEC)
          .add(script.sha())
          .add(run.keys().length)
          .addKeys(run.keys());
      for (byte[] argument : run.arguments()) {
        arguments.addValue(argument);
      }
      commands.add(new AsyncCommand<>(
          new Command<>(CommandType.EVALSHA, new IntegerOutput<>(RedisLink.CODEC), arguments)));
    }
    return link.call(
        connection -> {
          connection.stateful().dispatch(commands);
          return all(commands.size(), i -> {
            Run run = runs.get(i);
            return orByText(connection, commands.get(i), script, ScriptOutputType.INTEGER, run);
          });
        },
        answers -> answers.stream().map(Calls::isOne).toList());
  }

  /** Sends commands with one flush, and gives their answers in order. Fails if any of them does. */
  <A extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> batch(
      List<AsyncCommand<String, byte[], A>> commands, Function<List<A>, T> result) {
    return link.call(
        connection -> {
          connection.stateful().dispatch(commands);
          return all(commands.size(), commands::get);
        },
        result);
  }

  /** The outcomes of stages, in order; fails if any of them does, when all have ended. */
  static <A extends @Nullable Object> CompletionStage<List<A>> all(
      int count, IntFunction<CompletionStage<A>> stage) {
    if (count == 1) {
      return stage.apply(0).thenApply(answer -> {
        List<A> one = new ArrayList<>(1);
        one.add(answer);
        return one;
      });
    }
    List<CompletableFuture<A>> futures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      futures.add(stage.apply(i).toCompletableFuture());
    }
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).thenApply(done -> {
      List<A> answers = new ArrayList<>(count);
      futures.forEach(future -> answers.add(future.join()));
      return answers;
    });
  }

  private <A extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> script(
      Script script, ScriptOutputType type, Run run, Function<A, T> result) {
    return link.call(
        connection -> {
          CompletionStage<A> byDigest =
              connection.commands().evalsha(script.sha(), type, run.keys(), run.arguments());
          return orByText(connection, byDigest, script, type, run);
        },
        result);
  }

  private static <A extends @Nullable Object> CompletionStage<A> orByText(
      RedisLink.Connection connection,
      CompletionStage<A> byDigest,
      Script script,
      ScriptOutputType type,
      Run run) {
    return byDigest.exceptionallyCompose(
        failure -> RedisLink.unwrap(failure) instanceof RedisNoScriptException
            ? connection.commands().<A>eval(script.text(), type, run.keys(), run.arguments())
            : CompletableFuture.failedFuture(failure));
  }

  private static boolean isOne(@Nullable Long answer) {
    return answer != null && answer == 1;
  }
}
