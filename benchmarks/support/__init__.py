"""What the benchmarks share: measuring, the workload and the peers."""
