package tasktracker.harness;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** An unmodifiable list that counts reads of its elements, which measures the work of loops without allocations. */
public final class CountedList<T> extends AbstractList<T> implements RandomAccess {

  private final List<T> elements;
  private long reads;

  public CountedList(List<T> elements) {
    this.elements = elements;
  }

  /** How many elements were read so far, by index, iterator or stream. */
  public long reads() {
    return reads;
  }

  @Override
  public T get(int index) {
    reads++;
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}
