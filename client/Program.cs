Console.WriteLine("jobs");
