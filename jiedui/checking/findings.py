def findings_of(relations): return []
