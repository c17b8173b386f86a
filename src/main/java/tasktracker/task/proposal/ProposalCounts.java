package tasktracker.task.proposal;

/** Proposals by status. They are counted, never kept, so that they always add up. */
public record ProposalCounts(long total, long pending, long approved, long rejected, long merged) {

  public static final ProposalCounts NONE = new ProposalCounts(0, 0, 0, 0, 0);

  /** The columns of a query over {@code task_proposal}. */
  public static final String COLUMNS = """
      count(*) as total, count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'approved') as approved,
             count(*) filter (where status = 'rejected') as rejected, count(*) filter (where status = 'merged') as merged
      """;

  /** A part of all, 0 without any. */
  public double rate(long part) {
    return total == 0 ? 0 : (double) part / total;
  }
}
