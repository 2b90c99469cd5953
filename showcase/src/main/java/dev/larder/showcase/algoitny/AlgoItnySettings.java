package dev.larder.showcase.algoitny;

import dev.larder.showcase.algoitny.data.DataSet;
import dev.larder.showcase.start.StartFailure;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code algoitny.*} of the data set.
 *
 * @param scale its size: default 1 (50,000 problems, 500,000 test cases, 100,000 users, 2,000,000
 *     attempts), 0.001 to 10
 * @param seed decides every invented detail: default 20250701
 */
@ConfigurationProperties("algoitny")
public record AlgoItnySettings(
    @DefaultValue("1") double scale,
    @DefaultValue("20250701") long seed) {

  /**
   * Refuses a scale out of range.
   *
   * @throws StartFailure naming the property
   */
  public AlgoItnySettings {
    if (!(scale >= DataSet.LEAST_SCALE && scale <= DataSet.GREATEST_SCALE)) {
      throw new StartFailure(
          "algoitny.scale is " + scale + ", must be " + DataSet.LEAST_SCALE + " to "
              + (int) DataSet.GREATEST_SCALE + ".",
          "Correct this property.",
          null);
    }
  }
}
