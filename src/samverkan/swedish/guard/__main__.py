from samverkan.swedish.guard.command import main

raise SystemExit(main())
